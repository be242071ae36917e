package dev.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionReportTest {

    private final Logger logger = Logger.getLogger(RetentionReport.class.getName());
    private final Lines lines = new Lines();
    private final WrittenLog log = new WrittenLog()
            .begin("own", true)
            .write("own", 2)
            .begin("imported", false)
            .write("imported", 3);

    /** What was logged. */
    private static final class Lines extends Handler {

        private final List<String> said = new ArrayList<>();

        @Override
        public void publish(LogRecord logged) {
            said.add(
                    logged.getParameters() == null
                            ? logged.getMessage()
                            : String.format(logged.getMessage(), logged.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        logger.addHandler(lines);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(lines);
    }

    @Test
    void whatWasRemovedAndTheOwnChainsHead_areLogged() {
        report(2, 0).run();
        report(0, 3).run();

        String head =
                "the last entry of the audit log is 2:" + log.head("own").head().hash();
        assertThat(lines.said)
                .containsExactly(
                        "retention removed 2 marks, 0 audit entries",
                        head,
                        "retention removed 0 marks, 3 audit entries",
                        head);
    }

    @Test
    void nothingRemoved_isNotLogged() {
        report(0, 0).run();

        assertThat(lines.said).singleElement().asString().startsWith("the last entry of the audit log is 2:");
    }

    private RetentionReport report(long marks, long entries) {
        RetentionStore store = new RetentionStore() {
            @Override
            public long pruneAttendance(LocalDate before, Instant now) {
                return marks;
            }

            @Override
            public long pruneAudit(Instant before, Instant now) {
                return entries;
            }
        };
        return new RetentionReport(
                new Retention(store, new Retention.Periods(1, 1, ZoneOffset.UTC), Clock.systemUTC()), log);
    }
}
