package dev.rollcall.store.function;

import static dev.rollcall.store.function.DeviceFixture.newTime;
import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.hash;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.audit.AuditStore.Entry;
import dev.rollcall.audit.AuditVerification;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.Pairing;
import dev.rollcall.keys.PairingStore.Attempt;
import dev.rollcall.keys.PairingStore.AttemptLimits;
import dev.rollcall.keys.PairingStore.Creation;
import dev.rollcall.keys.PairingStore.NewDevice;
import dev.rollcall.keys.PairingStore.NewPairing;
import dev.rollcall.keys.PairingStore.OpenCode;
import dev.rollcall.keys.PairingStore.StoredCode;
import dev.rollcall.keys.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of pairings must do. */
interface PairingStoreContract extends DeviceFixture {

    AttemptLimits LIMITS = new AttemptLimits(Duration.ofMinutes(10), 3, 8);
    Caller TABLET = new Caller("pairing", "request-7", "192.0.2.7");
    String NETWORK = "192.0.2.7";

    @BeforeEach
    default void removePairingsOfOtherTests() {
        Instant end = Instant.parse("2999-01-01T00:00:00Z");
        pairings().sweep(end, end);
    }

    @Test
    default void pairing_isListedUntilItExpires() {
        Instant now = newTime();

        Pairing made = created("gate", now);

        assertThat(made.expiresAt()).isEqualTo(now.plusSeconds(600));
        assertThat(made.keyId()).isEqualTo(CALLER.keyId());
        assertThat(pairings().list(now)).containsExactly(made);
        assertThat(pairings().list(now.plusSeconds(599))).containsExactly(made);
        assertThat(pairings().list(now.plusSeconds(600))).isEmpty();
        assertThat(counted(NETWORK, now.plusSeconds(599)))
                .extracting(OpenCode::pairingId)
                .containsExactly(made.id());
        assertThat(counted(NETWORK, now.plusSeconds(600))).isEmpty();
        assertThat(pairings().redeem(made.id(), device(now.plusSeconds(600)), NETWORK, LIMITS))
                .isEmpty();
        JsonNode noted = latest("PAIRING_CREATED");
        assertThat(noted.path("id").asText()).isEqualTo(made.id());
        assertThat(noted.has("code_hash") || noted.has("salt")).isFalse();
    }

    @Test
    default void pairing_isTradedOnceForAKeyThatMarksAtItsSite() throws Exception {
        Instant now = newTime();
        String site = newSite();
        Creation creation = pairings().create(pairing("gate", site, now), 10, CALLER);
        Pairing made = ((Creation.Created) creation).pairing();
        NewDevice device = new NewDevice(hash(), "kiosk 1.4", now.plusSeconds(5), TABLET);

        ApiKey key = pairings().redeem(made.id(), device, NETWORK, LIMITS).orElseThrow();

        assertThat(key.scopes()).containsExactly(Scope.RECOGNIZE);
        assertThat(key.site()).isEqualTo(site);
        assertThat(key.name()).isEqualTo("gate");
        assertThat(key.deviceVersion()).isEqualTo("kiosk 1.4");
        assertThat(keys().use(device.keyHash(), now.plusSeconds(6), null)).isPresent();
        assertThat(pairings().list(now)).isEmpty();
        assertThat(pairings().redeem(made.id(), device(now), NETWORK, LIMITS)).isEmpty();
        Entry noted = entries("DEVICE_PAIRED").get(0);
        assertThat(noted.keyId()).isEqualTo("pairing");
        assertThat(noted.address()).isEqualTo("192.0.2.7");
        assertThat(noted.site()).isEqualTo(site);
        assertThat(Json.parse(noted.details()))
                .isEqualTo(Json.parse("{\"id\":\"" + key.id() + "\",\"name\":\"gate\",\"site\":\"" + site
                        + "\",\"pairing\":\"" + made.id() + "\",\"made_by\":\"" + CALLER.keyId() + "\"}"));
        assertThat(AuditVerification.of(audit(), List.of()).problems()).isEmpty();
    }

    @Test
    default void devicesWithOneCodeAtOnce_getOneKey() throws Exception {
        for (int round = 0; round < 5; round++) {
            Instant now = newTime();
            String id = created("gate", now).id();

            List<Optional<ApiKey>> keys = atOnce(6, () -> pairings().redeem(id, device(now), NETWORK, LIMITS));

            assertThat(keys.stream().filter(Optional::isPresent)).hasSize(1);
        }
    }

    @Test
    default void pairingThatIsCancelled_canNotBeUsed() {
        Instant now = newTime();
        Pairing made = created("gate", now);

        assertThat(pairings().cancel(made.id(), now, CALLER)).contains(made);

        assertThat(pairings().cancel(made.id(), now, CALLER)).isEmpty();
        assertThat(pairings().list(now)).isEmpty();
        assertThat(pairings().redeem(made.id(), device(now), NETWORK, LIMITS)).isEmpty();
        assertThat(latest("PAIRING_CANCELLED").path("id").asText()).isEqualTo(made.id());
    }

    @Test
    default void openPairings_areLimited() throws Exception {
        Instant now = newTime();

        List<Creation> creations = atOnce(6, () -> pairings().create(pairing("gate", "default", now), 4, CALLER));

        assertThat(creations.stream().filter(Creation.Created.class::isInstance))
                .hasSize(4);
        assertThat(creations).contains(new Creation.TooMany(now.plusSeconds(600)));
        assertThat(pairings().create(pairing("gate", "default", now.plusSeconds(600)), 4, CALLER))
                .isInstanceOf(Creation.Created.class);
        assertThat(pairings().create(pairing("gate", "nowhere", now.plusSeconds(600)), 4, CALLER))
                .isInstanceOf(Creation.UnknownSite.class);
    }

    @Test
    default void attempts_areLimitedByNetworkUntilTheWindowIsOver() {
        Instant now = newTime();
        for (int i = 0; i < 3; i++) {
            failed(NETWORK, now.plusSeconds(i));
        }

        Instant end = now.plusSeconds(600);
        assertThat(pairings().count(NETWORK, now.plusSeconds(9), LIMITS)).isEqualTo(new Attempt.Locked(end));
        assertThat(pairings().count(NETWORK, end.minusMillis(1), LIMITS)).isEqualTo(new Attempt.Locked(end));
        assertThat(pairings().count("2001:db8:0:7", now, LIMITS)).isInstanceOf(Attempt.Counted.class);
        assertThat(pairings().count(NETWORK, end, LIMITS)).isInstanceOf(Attempt.Counted.class);
    }

    @Test
    default void attemptsOfAllClients_areLimitedTogetherAndNotedOnce() {
        Instant now = newTime();
        int before = entries("PAIRING_LOCKED").size();
        for (int i = 0; i < 8; i++) {
            failed("192.0.2." + i, now);
        }

        assertThat(pairings().count("192.0.2.99", now, LIMITS)).isEqualTo(new Attempt.Locked(now.plusSeconds(600)));
        pairings().redeem(null, device(now), "192.0.2.99", LIMITS);

        List<Entry> noted = entries("PAIRING_LOCKED");
        assertThat(noted).hasSize(before + 1);
        assertThat(Json.parse(noted.get(0).details()).path("clients").asText()).isEqualTo("all");
    }

    @Test
    default void attemptsAtOnce_areNeverMoreThanAllowed() throws Exception {
        Instant now = newTime();

        List<Attempt> attempts = atOnce(12, () -> pairings().count(NETWORK, now, LIMITS));

        assertThat(attempts.stream().filter(Attempt.Counted.class::isInstance)).hasSize(3);
    }

    @Test
    default void attemptThatPairs_doesNotCount() {
        Instant now = newTime();
        for (int i = 0; i < 5; i++) {
            String id = created("gate", now).id();
            assertThat(counted(NETWORK, now)).extracting(OpenCode::pairingId).containsExactly(id);
            assertThat(pairings().redeem(id, device(now), NETWORK, LIMITS)).isPresent();
        }

        assertThat(pairings().count(NETWORK, now, LIMITS)).isInstanceOf(Attempt.Counted.class);
    }

    @Test
    default void sweep_removesWhatIsOverAndNothingElse() {
        Instant now = newTime();
        created("old", now);
        Pairing later = created("later", now.plusSeconds(60));
        for (int i = 0; i < 3; i++) {
            failed(NETWORK, now);
        }

        pairings().sweep(now.plusSeconds(600), now);

        assertThat(pairings().list(now)).containsExactly(later);
        assertThat(pairings().count(NETWORK, now, LIMITS)).isInstanceOf(Attempt.Locked.class);
        pairings().sweep(now, now.plusMillis(1));
        assertThat(pairings().count(NETWORK, now, LIMITS)).isInstanceOf(Attempt.Counted.class);
    }

    private void failed(String network, Instant now) {
        assertThat(pairings().count(network, now, LIMITS)).isInstanceOf(Attempt.Counted.class);
        assertThat(pairings().redeem(null, device(now), network, LIMITS)).isEmpty();
    }

    private List<OpenCode> counted(String network, Instant now) {
        return ((Attempt.Counted) pairings().count(network, now, LIMITS)).codes();
    }

    private Pairing created(String name, Instant now) {
        return ((Creation.Created) pairings().create(pairing(name, ApiKey.DEFAULT_SITE, now), 10, CALLER)).pairing();
    }

    private static NewPairing pairing(String name, String site, Instant now) {
        StoredCode code = new StoredCode(hash().substring(32), hash());
        return new NewPairing(hash().substring(52), code, name, site, now, now.plusSeconds(600));
    }

    private static NewDevice device(Instant now) {
        return new NewDevice(hash(), null, now, TABLET);
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(Collections.nCopies(times, call))) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
