package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.hash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.archive.Import;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.ApiKeyStore;
import dev.rollcall.keys.ApiKeyStore.NewKey;
import dev.rollcall.keys.DeviceStore;
import dev.rollcall.keys.PairingStore;
import dev.rollcall.keys.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** What the contracts of devices and pairings share. */
interface DeviceFixture {

    DatabaseFunctions functions();

    ApiKeyStore keys();

    AuditStore audit();

    default DeviceStore devices() {
        return new FunctionDeviceStore(functions());
    }

    default PairingStore pairings() {
        return new FunctionPairingStore(functions());
    }

    /** Creates a site with a new id. */
    default String newSite() throws Exception {
        String id = "s-" + UUID.randomUUID();
        Path folder = Files.createTempDirectory("site");
        Path file = SampleArchive.written(folder, List.of(SampleArchive.site(id)));
        try {
            Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(365));
            new Import(new FunctionArchiveStore(functions(), TemplateSeal.none()), later)
                    .from(file, (kind, count) -> {});
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
        return id;
    }

    /** Creates the key of a device. */
    default ApiKey newDevice(String name, String site, Instant at) {
        return keys().add(new NewKey(hash(), name, Set.of(Scope.RECOGNIZE), site, at, null), CALLER)
                .orElseThrow();
    }

    /** The details of the latest entry of an action. */
    default JsonNode latest(String action) {
        return Json.parse(entries(action).get(0).details());
    }

    /** The latest entries of an action, the latest first. */
    default List<AuditStore.Entry> entries(String action) {
        return audit().list(new AuditStore.Query(action, null, null, null, null, null, null, 100));
    }

    /** A time that is far from those of all other tests, so that their attempts don't count. */
    static Instant newTime() {
        return MORNING.plus(Duration.ofHours(TIMES.incrementAndGet()));
    }

    AtomicInteger TIMES = new AtomicInteger();
}
