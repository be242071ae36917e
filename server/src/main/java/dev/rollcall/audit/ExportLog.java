package dev.rollcall.audit;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The log of files with marks and hours of people, in the audit log. Safe for use by several threads. */
public final class ExportLog {

    private final AuditLog audit;
    private final Clock clock;

    public ExportLog(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A file that is sent.
     *
     * @param file what is in it, such as days
     * @param format such as csv
     * @param userId the one person whom it is about; null for several people
     * @param filter what was asked for, by the names of the request's parameters
     */
    public record File(String file, String format, @Nullable UserId userId, Map<String, String> filter) {

        public File {
            filter = Map.copyOf(filter);
        }
    }

    /**
     * Logs a file, before its first byte is sent.
     *
     * @throws StoreUnavailableException if the log can't be written
     */
    public void sent(File file, Caller caller) {
        audit.append(new AuditLog.Event(
                clock.instant(),
                "EXPORTED",
                file.userId(),
                caller,
                Map.of("file", file.file(), "format", file.format(), "filter", file.filter())));
    }
}
