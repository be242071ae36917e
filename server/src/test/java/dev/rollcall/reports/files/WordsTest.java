package dev.rollcall.reports.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordsTest {

    @ParameterizedTest
    @MethodSource("dev.rollcall.reports.files.Words#languages")
    void language_hasTheWordsOfTheFirstOne(String tag) throws IOException {
        Properties words = read(tag);
        Properties first = read(Words.languages().get(0));

        assertThat(words.keySet()).isEqualTo(first.keySet());
        words.forEach((key, word) -> assertThat(word.toString())
                .as(key.toString())
                .isNotBlank()
                .satisfies(text -> assertThat(text.contains("{0}"))
                        .isEqualTo(first.getProperty(key.toString()).contains("{0}"))));
    }

    @Test
    void unknownLanguage_hasNone() {
        assertThat(Words.in("../en")).isEmpty();
        assertThat(Words.in("xx")).isEmpty();
    }

    private static Properties read(String tag) throws IOException {
        try (InputStream file = WordsTest.class.getResourceAsStream("/sheets/" + tag + ".properties")) {
            Properties words = new Properties();
            words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            return words;
        }
    }
}
