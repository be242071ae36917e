package dev.rollcall.store.embedded;

import dev.rollcall.files.FolderRemoval;
import dev.rollcall.files.PrivateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** The embedded server's folder in a data folder: its programs, its database, its password and its log. */
final class ServerFolder {

    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");
    private static final String NAME = "postgres";
    private static final String UNFINISHED = "data.unfinished-";
    private static final String UNFINISHED_PASSWORD = "password.unfinished";
    private static final int PASSWORD_BYTES = 24;
    private static final long NEEDED_BYTES = 32_000_000;

    private final Path path;

    private ServerFolder(Path path) {
        this.path = path;
    }

    /** The folder in a data folder, whether it exists or not. */
    static ServerFolder of(Path dataFolder) {
        return new ServerFolder(dataFolder.toAbsolutePath().normalize().resolve(NAME));
    }

    /** Creates it if it doesn't exist. */
    void create() throws IOException {
        PrivateFile.createFolder(path);
    }

    Path path() {
        return path;
    }

    Path database() {
        return path.resolve("data");
    }

    Path log() {
        return path.resolve("postgres.log");
    }

    /** Makes the log readable by its owner only, since it may contain values of rows. */
    void protectLog() throws IOException {
        if (!Files.exists(log())) {
            Files.createFile(log(), PosixFilePermissions.asFileAttribute(OWNER_ALONE));
        }
        Files.setPosixFilePermissions(log(), OWNER_ALONE);
    }

    Path passwordFile() {
        return path.resolve("password");
    }

    /** The superuser's password, created at the first call; a file that a full disk or a kill has left incomplete is never read. */
    String password() throws IOException {
        Path file = passwordFile();
        if (!Files.exists(file)) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            Path unfinished = path.resolve(UNFINISHED_PASSWORD);
            Files.deleteIfExists(unfinished);
            try (FileChannel channel = PrivateFile.create(unfinished)) {
                ByteBuffer content =
                        ByteBuffer.wrap(HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII));
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    /** A new temporary name for a database that is being created; removes what earlier attempts left. */
    Path unfinishedDatabase() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(path, UNFINISHED + "*")) {
            for (Path unfinished : found) {
                FolderRemoval.remove(unfinished);
            }
        }
        return path.resolve(UNFINISHED + System.nanoTime());
    }

    /** Whether the disk has space for two more segments of the write-ahead log. */
    boolean hasDiskSpace() {
        // Not by a FileStore, which doesn't exist where the file system has no mount point, as in a chroot.
        return path.toFile().getUsableSpace() >= NEEDED_BYTES;
    }
}
