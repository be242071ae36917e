package dev.rollcall.audit;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A log of events. Implementations are safe for use by several threads. */
public interface AuditLog {

    /**
     * Appends an entry about an event that changed nothing.
     *
     * @throws StoreUnavailableException if the log can't be written
     */
    void append(Event event);

    /**
     * An event to be logged.
     *
     * @param action capital letters and underscores
     * @param userId the person concerned, or null
     * @param details by snake_case name; never a picture or an embedding
     */
    record Event(Instant at, String action, @Nullable UserId userId, Caller caller, Map<String, Object> details) {

        public Event {
            details = Map.copyOf(details);
        }
    }
}
