package dev.rollcall.webhooks;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;

/** What is done about events besides their delivery. Every method may throw {@link StoreUnavailableException}. */
public interface EventUpkeep {

    /**
     * Removes events from before an instant, and deliveries to endpoints that are gone; returns how many. The audit log notes how many
     * events still waited for an endpoint.
     */
    long sweep(Instant before, Instant now);

    /** Notes in the audit log, and so for the endpoints that want it, that the clock jumped. */
    void clockJumped(Instant to, long seconds);
}
