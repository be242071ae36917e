package dev.rollcall.keys;

import dev.rollcall.keys.DeviceStore.Change;
import dev.rollcall.keys.DeviceStore.Changing;
import dev.rollcall.keys.DeviceStore.Filter;
import dev.rollcall.keys.DeviceStore.Query;
import dev.rollcall.outcome.Page;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The use cases of devices: list, read, change, revoke. Safe for use by several threads. */
public final class Devices {

    private final DeviceStore store;
    private final Clock clock;

    public Devices(DeviceStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A page of devices. */
    public Page<ApiKey> page(Query query) {
        Query oneMore = new Query(query.filter(), query.oldestFirst(), query.after(), query.limit() + 1);
        List<ApiKey> devices = store.list(oneMore, clock.instant());
        return Page.of(devices, query.limit(), KeyPosition::key);
    }

    /** How many devices a filter asks for. */
    public long count(Filter filter) {
        return store.count(filter, clock.instant());
    }

    /** One device, also an expired or revoked one; empty if there is none with this id. */
    public Optional<ApiKey> read(String id) {
        return ApiKeys.isId(id) ? store.read(id) : Optional.empty();
    }

    /** Changes those properties of a device that are given; they hold from its next request on, on every instance. */
    public Changing change(String id, Change change, Caller caller) {
        return ApiKeys.isId(id) ? store.change(id, change, clock.instant(), caller) : new Changing.NotFound();
    }

    /** Revokes the key of a device; empty if there is none with this id. */
    public Optional<ApiKey> revoke(String id, Caller caller) {
        return ApiKeys.isId(id) ? store.revoke(id, clock.instant(), caller) : Optional.empty();
    }

    /** Whether a device's key is valid now. */
    public DeviceState state(ApiKey device) {
        return DeviceState.of(device, clock.instant());
    }
}
