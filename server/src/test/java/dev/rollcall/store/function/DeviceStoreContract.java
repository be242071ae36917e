package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.ApiKeyStore.NewKey;
import dev.rollcall.keys.DeviceState;
import dev.rollcall.keys.DeviceStore.Change;
import dev.rollcall.keys.DeviceStore.Changing;
import dev.rollcall.keys.DeviceStore.Filter;
import dev.rollcall.keys.DeviceStore.Query;
import dev.rollcall.keys.Devices;
import dev.rollcall.keys.KeyPosition;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Page;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of devices must do. */
interface DeviceStoreContract extends DeviceFixture {

    @Test
    default void keysOfTheScopeRecognize_areDevices() throws Exception {
        String site = newSite();
        ApiKey kiosk = newDevice("kiosk", site, MORNING);
        NewKey reader = new NewKey(hash(), "reader", Set.of(Scope.READ), site, MORNING, null);
        String readerId = keys().add(reader, CALLER).orElseThrow().id();

        assertThat(list(new Filter(null, site, null))).containsExactly(kiosk);
        assertThat(devices().read(kiosk.id())).contains(kiosk);
        assertThat(devices().read(readerId)).isEmpty();
        assertThat(devices().revoke(readerId, MORNING, CALLER)).isEmpty();
        assertThat(devices().change(readerId, new Change("x", null), MORNING, CALLER))
                .isInstanceOf(Changing.NotFound.class);
    }

    @Test
    default void keyOfAnUnknownSite_isNotStored() {
        NewKey key = new NewKey(hash(), "kiosk", Set.of(Scope.RECOGNIZE), "nowhere", MORNING, null);

        assertThat(keys().add(key, CALLER)).isEmpty();
        assertThat(keys().use(key.hash(), MORNING, null)).isEmpty();
    }

    @Test
    default void lastSignOfLife_isStoredWithTheVersionOncePerMinute() {
        NewKey key = new NewKey(hash(), "kiosk", Set.of(Scope.RECOGNIZE), MORNING, null);
        String id = keys().add(key, CALLER).orElseThrow().id();

        keys().use(key.hash(), MORNING, "kiosk 1");
        keys().use(key.hash(), MORNING.plusSeconds(30), "kiosk 2");
        ApiKey first = devices().read(id).orElseThrow();
        keys().use(key.hash(), MORNING.plusSeconds(90), "kiosk 2");
        ApiKey second = devices().read(id).orElseThrow();
        keys().use(key.hash(), MORNING.plusSeconds(200), null);
        ApiKey silent = devices().read(id).orElseThrow();

        assertThat(List.of(first, second, silent))
                .extracting(ApiKey::deviceVersion)
                .containsExactly("kiosk 1", "kiosk 2", "kiosk 2");
        assertThat(List.of(first, second, silent))
                .extracting(ApiKey::lastUsedAt)
                .containsExactly(MORNING, MORNING.plusSeconds(90), MORNING.plusSeconds(200));
    }

    @Test
    default void devices_areListedByStateAndSiteAndCounted() throws Exception {
        String site = newSite();
        ApiKey active = newDevice("active", site, MORNING);
        NewKey expiring = new NewKey(hash(), "expired", Set.of(Scope.RECOGNIZE), site, MORNING, MORNING.plusSeconds(1));
        String expired = keys().add(expiring, CALLER).orElseThrow().id();
        String revoked = newDevice("revoked", site, MORNING).id();
        devices().revoke(revoked, MORNING, CALLER);

        assertThat(ids(new Filter(DeviceState.ACTIVE, site, null))).containsExactly(active.id());
        assertThat(ids(new Filter(DeviceState.EXPIRED, site, null))).containsExactly(expired);
        assertThat(ids(new Filter(DeviceState.REVOKED, site, null))).containsExactly(revoked);
        assertThat(ids(new Filter(null, site, null))).hasSize(3);
        assertThat(devices().count(new Filter(DeviceState.ACTIVE, site, null), MORNING.plusSeconds(1)))
                .isEqualTo(1);
        assertThat(devices().count(new Filter(null, site, null), MORNING)).isEqualTo(3);
        for (ApiKey device : list(new Filter(null, site, null))) {
            DeviceState state = DeviceState.of(device, MORNING.plusSeconds(1));
            assertThat(ids(new Filter(state, site, null))).contains(device.id());
        }
    }

    @Test
    default void pages_haveEveryDeviceOnceInBothOrders() throws Exception {
        String site = newSite();
        List<String> oldestFirst = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            oldestFirst.add(
                    newDevice("kiosk " + i, site, MORNING.plusSeconds(i / 3)).id());
        }

        List<ApiKey> oldest = pages(site, true);
        List<ApiKey> newest = pages(site, false);

        assertThat(oldest).extracting(ApiKey::id).containsExactlyInAnyOrderElementsOf(oldestFirst);
        assertThat(oldest).extracting(ApiKey::createdAt).isSorted();
        List<ApiKey> reversed = new ArrayList<>(newest);
        Collections.reverse(reversed);
        assertThat(reversed).isEqualTo(oldest);
    }

    @Test
    default void change_holdsAtOnceAndIsNotedWithWhatWasBefore() throws Exception {
        String site = newSite();
        NewKey key = new NewKey(hash(), "kiosk", Set.of(Scope.RECOGNIZE), MORNING, null);
        String id = keys().add(key, CALLER).orElseThrow().id();

        Changing changing = devices().change(id, new Change("north gate", site), MORNING, CALLER);

        ApiKey changed = ((Changing.Changed) changing).device();
        assertThat(changed.name()).isEqualTo("north gate");
        assertThat(changed.site()).isEqualTo(site);
        assertThat(keys().use(key.hash(), MORNING, null).orElseThrow().site()).isEqualTo(site);
        assertThat(latest("DEVICE_CHANGED"))
                .isEqualTo(Json.parse("{\"id\":\"" + id + "\",\"from\":{\"name\":\"kiosk\",\"site\":\"default\"},"
                        + "\"to\":{\"name\":\"north gate\",\"site\":\"" + site + "\"}}"));
    }

    @Test
    default void changeThatChangesNothing_isNotNoted() {
        String id = newDevice("kiosk", ApiKey.DEFAULT_SITE, MORNING).id();
        int before = entries("DEVICE_CHANGED").size();

        assertThat(devices().change(id, new Change("kiosk", null), MORNING, CALLER))
                .isInstanceOf(Changing.Changed.class);
        assertThat(devices().change(id, new Change(null, null), MORNING, CALLER))
                .isInstanceOf(Changing.Changed.class);
        assertThat(devices().change(id, new Change(null, "nowhere"), MORNING, CALLER))
                .isInstanceOf(Changing.UnknownSite.class);

        assertThat(entries("DEVICE_CHANGED")).hasSize(before);
    }

    @Test
    default void revokedDevice_opensNothingAndTheFirstTimeStays() {
        NewKey key = new NewKey(hash(), "kiosk", Set.of(Scope.RECOGNIZE), MORNING, null);
        String id = keys().add(key, CALLER).orElseThrow().id();

        assertThat(devices().revoke(id, MORNING, CALLER).orElseThrow().revokedAt())
                .isEqualTo(MORNING);
        assertThat(devices()
                        .revoke(id, MORNING.plusSeconds(9), CALLER)
                        .orElseThrow()
                        .revokedAt())
                .isEqualTo(MORNING);

        assertThat(keys().use(key.hash(), MORNING, null)).isEmpty();
        assertThat(latest("KEY_REVOKED").path("id").asText()).isEqualTo(id);
    }

    private List<ApiKey> pages(String site, boolean oldestFirst) {
        Devices use = new Devices(devices(), Clock.fixed(MORNING, ZoneOffset.UTC));
        List<ApiKey> seen = new ArrayList<>();
        Optional<KeyPosition> after = Optional.empty();
        do {
            Page<ApiKey> page = use.page(new Query(new Filter(null, site, null), oldestFirst, after.orElse(null), 2));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
            seen.addAll(page.items());
            after = page.next().map(cursor -> KeyPosition.parse(cursor).orElseThrow());
        } while (after.isPresent());
        return seen;
    }

    private List<String> ids(Filter filter) {
        return list(filter).stream().map(ApiKey::id).toList();
    }

    private List<ApiKey> list(Filter filter) {
        Instant later = MORNING.plusSeconds(1);
        return devices().list(new Query(filter, false, null, 100), later);
    }
}
