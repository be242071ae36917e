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
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

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
    private static final Logger LOG = Logger.getLogger(CertificateFolder.class);

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
            Path lockFile = folder.resolve(LOCK);
            if (!isThere(folder)) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
                Files.createDirectory(folder, PrivateFile.folderAttributes(folder));
            }
            OwnFiles.checkFolder(folder);
            if (isThere(lockFile)) {
                OwnFiles.checkFile(lockFile);
            }
            try (FileChannel channel = FileChannel.open(
                            lockFile,
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            PrivateFile.attributes(lockFile));
                    FileLock lock = channel.lock()) {
                return work.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder %s can't be used: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether there is a file of a name, readable or not. */
    boolean has(String name) {
        return isThere(file(name));
    }

    /**
     * A file's content; empty if there is no file.
     *
     * @throws CertificateProblem if there is one that Rollcall has not written, or not completely
     */
    Optional<Credential> read(String name) {
        try {
            return content(name);
        } catch (GeneralSecurityException e) {
            throw new CertificateProblem(
                    "%s is broken, or is not a file that Rollcall has written: it has no private key and certificate that"
                                    .formatted(file(name))
                            + " belong together");
        }
    }

    /**
     * The content of a file that can be made again; empty if there is none, or a broken one.
     *
     * @throws CertificateProblem if it can't be read, or other accounts may use it
     */
    Optional<Credential> readIfWhole(String name) {
        try {
            return content(name);
        } catch (GeneralSecurityException e) {
            LOG.warnf("%s is broken and is made again", file(name));
            return Optional.empty();
        }
    }

    private Optional<Credential> content(String name) throws GeneralSecurityException {
        Path file = file(name);
        if (!has(name)) {
            return Optional.empty();
        }
        try {
            OwnFiles.checkFile(file);
            if (Files.size(file) > MOST_BYTES) {
                throw new CertificateProblem(file + " is not a file that Rollcall has written: it is too large");
            }
            return Optional.of(Credential.parse(Files.readString(file, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new CertificateProblem(file + " can't be read: " + e.getMessage());
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
}
