package dev.rollcall.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.junit.jupiter.api.Test;

class OneLineTest {

    private final OneLine filter = new OneLine();

    @Test
    void lineBreaksFromOutside_areEscapes() {
        ExtLogRecord record = new ExtLogRecord(Level.INFO, "user %s did %d", FormatStyle.PRINTF, "test");
        record.setParameters(new Object[] {"a\r\n2026-11-25 INFO forged\u2028\u001b[31m", 7});

        assertThat(filter.isLoggable(record)).isTrue();

        assertThat(record.getFormatStyle()).isEqualTo(FormatStyle.PRINTF);
        assertThat(record.getParameters())
                .containsExactly("a\\u000d\\u000a2026-11-25 INFO forged\\u2028\\u001b[31m", 7);
        assertThat(record.getMessage()).isEqualTo("user %s did %d");
    }

    @Test
    void messageItself_isOneLineToo() {
        ExtLogRecord record = new ExtLogRecord(Level.INFO, "a\nb", FormatStyle.NO_FORMAT, "test");

        filter.isLoggable(record);

        assertThat(record.getMessage()).isEqualTo("a\\u000ab");
        assertThat(record.getFormatStyle()).isEqualTo(FormatStyle.NO_FORMAT);
    }

    @Test
    void exceptions_keepTheirNamesCausesAndPlacesButNoLineOfTheirOwn() {
        ExtLogRecord record = new ExtLogRecord(Level.INFO, "failed", FormatStyle.NO_FORMAT, "test");
        record.setThrown(new IllegalStateException("one\nforged", new IllegalArgumentException("two\nforged")));

        filter.isLoggable(record);

        StringWriter told = new StringWriter();
        Objects.requireNonNull(record.getThrown()).printStackTrace(new PrintWriter(told, true));
        assertThat(told.toString().lines())
                .contains("java.lang.IllegalStateException: one\\u000aforged")
                .contains("Caused by: java.lang.IllegalArgumentException: two\\u000aforged")
                .noneMatch(line -> line.equals("forged"))
                .anyMatch(line -> line.contains("at dev.rollcall.outcome.OneLineTest"));
    }
}
