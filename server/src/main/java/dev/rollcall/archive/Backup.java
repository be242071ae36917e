package dev.rollcall.archive;

import dev.rollcall.files.FolderLock;
import dev.rollcall.files.PrivateFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Dated exports in one folder, of which the newest are kept. A file has its name only once it was read back as an import reads it.
 */
public final class Backup {

    private static final String LOCK = "backup.lock";

    /** Retention may remove entries of the audit log while they are exported: another export then has none of them. */
    private static final int ATTEMPTS = 2;

    private final ArchiveSource store;
    private final Clock clock;

    public Backup(ArchiveSource store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A backup that was made.
     *
     * @param bytes of the file
     * @param removed older backups that were removed, the newest first
     */
    public record Made(Path file, long rows, long bytes, List<Path> removed) {

        public Made {
            removed = List.copyOf(removed);
        }
    }

    /**
     * Writes a backup and removes those beyond the newest ones. If it fails, nothing is removed.
     *
     * @param folder created if it is not there; other files in it are left alone
     * @param keep the most backups afterwards, this one included; at least 1
     * @return empty if another process makes a backup in this folder
     * @throws ArchiveException if an import would refuse the file, which is then not kept
     */
    public Optional<Made> into(Path folder, int keep, Progress progress) throws IOException, ArchiveException {
        PrivateFile.createFolder(folder);
        Optional<FolderLock> lock = FolderLock.take(folder, LOCK);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try (FolderLock ignored = lock.get()) {
            removeUnfinished(folder);
            BackupName name = BackupName.at(clock.instant());
            Path unfinished = folder.resolve(name.unfinished());
            unfinished.toFile().deleteOnExit();
            long rows = exported(unfinished, progress);
            Path file = folder.resolve(name.file());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return Optional.of(new Made(file, rows, Files.size(file), removeOld(folder, name, keep)));
        }
    }

    private long exported(Path file, Progress progress) throws IOException, ArchiveException {
        for (int attempt = 1; ; attempt++) {
            long rows = new Export(store, clock).to(file, progress);
            try {
                Import.check(store, clock, file);
                return rows;
            } catch (ArchiveException e) {
                Files.deleteIfExists(file);
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** What a process that was killed has left. */
    private static void removeUnfinished(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                folder, file -> BackupName.isUnfinished(file.getFileName().toString()))) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The new one stays also when the clock was set back since an older one. */
    private static List<Path> removeOld(Path folder, BackupName made, int keep) throws IOException {
        List<Path> removed = new ArrayList<>();
        List<BackupName> older = BackupName.in(folder).stream()
                .filter(name -> !name.equals(made))
                .skip(keep - 1L)
                .toList();
        for (BackupName name : older) {
            Path file = folder.resolve(name.file());
            Files.delete(file);
            removed.add(file);
        }
        return removed;
    }
}
