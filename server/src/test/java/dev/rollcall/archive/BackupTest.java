package dev.rollcall.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.archive.Backup.Made;
import dev.rollcall.files.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    private static final Instant MORNING = Instant.parse("2026-11-27T04:35:00.7Z");
    private static final String FIRST = "rollcall-20261127T043500Z.jsonl.gz";
    private static final Progress QUIET = (kind, rows) -> {};

    @TempDir
    private Path parent;

    @Test
    void backup_isDatedReadableByAnImportAndByItsOwnerAlone() throws Exception {
        Made made = backup(0, 3).orElseThrow();

        assertThat(made.file()).hasFileName(FIRST);
        assertThat(made.bytes()).isEqualTo(Files.size(made.file()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.file())))
                .isEqualTo("rw-------");
        Import.check(new StoreWithSites(), clock(0), made.file());
    }

    @Test
    void newestBackups_areKept() throws Exception {
        for (int day = 0; day < 4; day++) {
            backup(day, 2);
        }

        assertThat(backups())
                .containsExactly("rollcall-20261130T043500Z.jsonl.gz", "rollcall-20261129T043500Z.jsonl.gz");
    }

    @Test
    void newBackup_staysWhenTheClockWasSetBack() throws Exception {
        backup(0, 1);

        Made made = backup(-1, 1).orElseThrow();

        assertThat(made.removed()).containsExactly(folder().resolve(FIRST));
        assertThat(made.file()).exists();
    }

    @Test
    void otherFiles_areLeftAlone_unfinishedOnesAreRemoved() throws Exception {
        Files.createDirectories(folder());
        Path other = Files.createFile(folder().resolve("rollcall-2026-01-31.jsonl.gz"));
        Path left = Files.createFile(folder().resolve(FIRST + ".unfinished.partial"));

        backup(1, 1);

        assertThat(other).exists();
        assertThat(left).doesNotExist();
    }

    @Test
    void fileThatAnImportWouldRefuse_isNoBackup() throws Exception {
        backup(0, 1);
        Backup refused = new Backup(new StoreWithSites("{\"site\":\"x\"}"), clock(1));

        assertThatThrownBy(() -> refused.into(folder(), 1, QUIET)).isInstanceOf(ArchiveException.class);

        assertThat(backups()).containsExactly(FIRST);
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(FIRST, "backup.lock");
        }
    }

    @Test
    void secondBackupAtOnce_isNotMade() throws Exception {
        Files.createDirectories(folder());
        try (FolderLock ignored = FolderLock.take(folder(), "backup.lock").orElseThrow()) {
            assertThat(backup(0, 1)).isEmpty();
        }
    }

    private Optional<Made> backup(int day, int keep) throws IOException, ArchiveException {
        return new Backup(new StoreWithSites(), clock(day)).into(folder(), keep, QUIET);
    }

    private List<String> backups() throws IOException {
        return BackupName.in(folder()).stream().map(BackupName::file).toList();
    }

    private Path folder() {
        return parent.resolve("new").resolve("backups");
    }

    private static Clock clock(int day) {
        return Clock.fixed(MORNING.plus(Duration.ofDays(day)), ZoneOffset.UTC);
    }
}
