package dev.rollcall.certificates;

import dev.rollcall.files.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The folder with the keys and certificates of the authority and of the server, which only its owner may read. A file is written beside
 * and then moved to its name, so that there is a whole one or none at every moment.
 */
final class CertificateFolder {

    static final String AUTHORITY = "authority.pem";
    static final String SERVER = "server.pem";

    private static final String LOCK = "lock";
    private static final String UNFINISHED = ".unfinished";
    private static final int MOST_BYTES = 100_000;

    /** What other accounts may do with a private file: nothing. */
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private final Path folder;

    CertificateFolder(Path folder) {
        this.folder = folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Does something while no other process does it with this folder, which is created if it is not there. */
    <T> T locked(Supplier<T> work) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
                Files.createDirectory(folder, ownerOnly("rwx------"));
            }
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(LOCK),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            ownerOnly("rw-------"));
                    FileLock lock = channel.lock()) {
                return work.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder %s can't be used: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** A file's content; empty if there is no file. */
    Optional<Credential> read(String name) {
        Path file = file(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            checkPrivate(file);
            if (Files.size(file) > MOST_BYTES) {
                throw new CertificateProblem(file + " is not a file that Rollcall has written: it is too large");
            }
            return Optional.of(Credential.parse(Files.readString(file, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new CertificateProblem(file + " can't be read: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new CertificateProblem(
                    "%s is broken, or is not a file that Rollcall has written: it has no private key and certificate that"
                                    .formatted(file)
                            + " belong together");
        }
    }

    private static void checkPrivate(Path file) throws IOException {
        if (isPosix(file) && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
            throw new CertificateProblem(
                    "%s has a private key, and other accounts may read or change it: run chmod 600 on it"
                            .formatted(file));
        }
    }

    /** Writes a file; when the process ends meanwhile, the one before stays. */
    void write(String name, Credential credential) {
        Path unfinished = file(name + UNFINISHED);
        try {
            Files.deleteIfExists(unfinished);
            try (FileChannel channel = PrivateFile.create(unfinished)) {
                ByteBuffer content = ByteBuffer.wrap(credential.pem().getBytes(StandardCharsets.US_ASCII));
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(unfinished, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s can't be written: %s".formatted(file(name), e.getMessage()), e);
        }
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        return isPosix(folder)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
