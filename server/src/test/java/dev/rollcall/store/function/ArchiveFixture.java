package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.archive.ArchiveException;
import dev.rollcall.archive.ArchiveStore.Outcome;
import dev.rollcall.archive.Import;
import dev.rollcall.audit.AuditStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Archives of a few rows, and their import. */
interface ArchiveFixture {

    /** Ids that no other test's rows have. */
    AtomicLong IDS = new AtomicLong(1_000_000_000);

    /** An open database with the schema in it. */
    DatabaseFunctions functions();

    AuditStore audit();

    default void refused(Path folder, List<String> rows, String reason) throws IOException {
        assertThatThrownBy(() -> imported(folder, rows))
                .as(reason)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(reason);
    }

    default Outcome imported(Path folder, List<String> rows) throws IOException, ArchiveException {
        Clock later = Clock.fixed(MORNING.plus(Duration.ofDays(30)), Samples.UTC);
        return new Import(new FunctionArchiveStore(functions(), TemplateSeal.none()), later)
                .from(SampleArchive.written(folder, rows), (kind, count) -> {});
    }
}
