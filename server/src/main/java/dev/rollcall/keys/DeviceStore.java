package dev.rollcall.keys;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of devices, which are the API keys of the scopes recognize and self. Each change appends an entry to the audit log, in the same
 * transaction. Every method may throw {@link StoreUnavailableException}.
 */
public interface DeviceStore {

    /** Devices in the order of a query. */
    List<ApiKey> list(Query query, Instant now);

    /** How many devices a filter asks for. */
    long count(Filter filter, Instant now);

    /** One device, also an expired or revoked one; empty if there is none with this id. */
    Optional<ApiKey> read(String id);

    /** Changes those properties of a device that are given, for every service instance; one that changes nothing is not logged. */
    Changing change(String id, Change change, Instant now, Caller caller);

    /** Revokes the key of a device, for every service instance at once; empty if there is none with this id. */
    Optional<ApiKey> revoke(String id, Instant now, Caller caller);

    /** Which devices are listed; null doesn't restrict. */
    record Filter(
            @Nullable DeviceState state,
            @Nullable String site,
            @Nullable Whose whose) {}

    /** Whose devices are listed. */
    sealed interface Whose {

        /** The phones of a person. */
        record Person(String userId) implements Whose {}

        /** The phones of all people. */
        record People() implements Whose {}

        /** The devices that are no person's. */
        record Nobody() implements Whose {}
    }

    /**
     * A page of devices.
     *
     * @param oldestFirst whether the devices that were created first come first, and not last
     * @param after the last device of the page before, or null for the first page
     * @param limit most devices, at least 1
     */
    record Query(
            Filter filter, boolean oldestFirst, @Nullable KeyPosition after, int limit) {}

    /** The properties that change; null for one that stays. */
    record Change(@Nullable String name, @Nullable String site) {}

    /** The result of a change. */
    sealed interface Changing {

        /** The device as it is now. */
        record Changed(ApiKey device) implements Changing {}

        /** There is no such device. */
        record NotFound() implements Changing {}

        /** There is no such site. */
        record UnknownSite() implements Changing {}

        /** It is the phone of a person who is at another site alone. */
        record OtherSite() implements Changing {}
    }
}
