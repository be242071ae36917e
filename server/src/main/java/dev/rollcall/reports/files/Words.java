package dev.rollcall.reports.files;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * The words of month sheets and calendars in one language: a file of the folder {@code sheets} of the program. Safe for use by several
 * threads.
 */
public final class Words {

    private static final String FOLDER = "/sheets/";
    private static final String LANGUAGES = "/messages/languages.txt";

    private final Locale language;
    private final Properties words;

    private Words(Locale language, Properties words) {
        this.language = language;
        this.words = words;
    }

    /** The tags of all languages; the first one is for requests that ask for no other. */
    public static List<String> languages() {
        try (BufferedReader tags = reader(LANGUAGES)) {
            return tags.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the languages can't be read", e);
        }
    }

    /** The words of a language; empty if its tag is none of {@link #languages}. */
    public static Optional<Words> in(String tag) {
        if (!languages().contains(tag)) {
            return Optional.empty();
        }
        try (BufferedReader file = reader(FOLDER + tag + ".properties")) {
            Properties words = new Properties();
            words.load(file);
            return Optional.of(new Words(Locale.forLanguageTag(tag), words));
        } catch (IOException e) {
            throw new UncheckedIOException("the words of " + tag + " can't be read", e);
        }
    }

    private static BufferedReader reader(String file) throws IOException {
        InputStream content = Words.class.getResourceAsStream(file);
        if (content == null) {
            throw new FileNotFoundException(file);
        }
        return new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
    }

    Locale language() {
        return language;
    }

    /** A word by its key. */
    String of(String key) {
        String word = words.getProperty(key);
        if (word == null) {
            throw new IllegalArgumentException("no word for " + key + " in " + language);
        }
        return word;
    }

    /** A sentence with a value in it. */
    String of(String key, Object value) {
        return of(key).replace("{0}", value.toString());
    }
}
