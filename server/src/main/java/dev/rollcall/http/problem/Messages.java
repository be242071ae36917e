package dev.rollcall.http.problem;

import dev.rollcall.outcome.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The sentences about refusals for people, in several languages. Each language is a file in the folder {@code messages} of the
 * program, and a line in {@code languages.txt}, whose first one is for requests that ask for no other. Safe for use by several
 * threads.
 */
final class Messages {

    private static final String FOLDER = "/messages/";

    private static final Map<Locale, Sentences> BY_LANGUAGE = read();
    private static final List<Locale> LANGUAGES = List.copyOf(BY_LANGUAGE.keySet());

    private Messages() {}

    /**
     * A sentence for people.
     *
     * @param language the language's tag, such as {@code es}
     */
    record Message(String text, String language) {}

    /** The languages; the first one is for requests that ask for no other. */
    static List<Locale> languages() {
        return LANGUAGES;
    }

    /** The sentences of one of the languages. */
    static Sentences in(Locale language) {
        Sentences sentences = BY_LANGUAGE.get(language);
        if (sentences == null) {
            throw new IllegalArgumentException("there are no messages in " + language);
        }
        return sentences;
    }

    /** The sentence about a refusal in the first language. */
    static Message about(Refusal refusal) {
        return message(refusal, LANGUAGES.get(0));
    }

    /** The sentence about a refusal in the language that a request prefers. */
    static Message about(Refusal refusal, MultiMap requestHeaders) {
        String accepted = String.join(",", requestHeaders.getAll(HttpHeaders.ACCEPT_LANGUAGE));
        return message(refusal, AcceptedLanguages.best(accepted, LANGUAGES));
    }

    private static Message message(Refusal refusal, Locale language) {
        return new Message(in(language).about(refusal), language.toLanguageTag());
    }

    private static Map<Locale, Sentences> read() {
        Map<Locale, Sentences> read = new LinkedHashMap<>();
        try (BufferedReader tags = reader("languages.txt")) {
            for (String tag : tags.lines().filter(line -> !line.isBlank()).toList()) {
                Properties lines = new Properties();
                try (BufferedReader file = reader(tag + ".properties")) {
                    lines.load(file);
                }
                Locale language = Locale.forLanguageTag(tag);
                read.put(language, Sentences.of(language, lines));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the messages can't be read", e);
        }
        return read;
    }

    private static BufferedReader reader(String file) throws IOException {
        InputStream content = Messages.class.getResourceAsStream(FOLDER + file);
        if (content == null) {
            throw new FileNotFoundException(FOLDER + file);
        }
        return new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
    }
}
