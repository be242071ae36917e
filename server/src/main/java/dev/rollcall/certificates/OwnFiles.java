package dev.rollcall.certificates;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The check that a folder or file of keys is one, and not a link to another, and that no other account but root may use it. One that
 * belongs to this process' account is closed to the others; what belongs to another account is refused. Systems without POSIX
 * permissions have only the first check.
 */
final class OwnFiles {

    private static final Logger LOG = Logger.getLogger(OwnFiles.class);
    private static final String FOLDER = "rwx------";
    private static final String FILE = "rw-------";
    private static final int ROOT = 0;

    /** What other accounts may do with a private file: nothing. */
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private OwnFiles() {}

    /**
     * Checks a folder.
     *
     * @throws CertificateProblem if it is none, or another account may use it
     */
    static void checkFolder(Path folder) throws IOException {
        if (!attributes(folder).isDirectory()) {
            throw new CertificateProblem(folder + " must be a folder, and is a link or a file: remove it");
        }
        closeToOthers(folder, FOLDER);
    }

    /**
     * Checks a file that exists.
     *
     * @throws CertificateProblem if it is no regular file, or another account may use it
     */
    static void checkFile(Path file) throws IOException {
        if (!attributes(file).isRegularFile()) {
            throw new CertificateProblem(
                    file + " must be a file, and is a link, a folder or a pipe: put the file itself there");
        }
        closeToOthers(file, FILE);
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void closeToOthers(Path path, String permissions) throws IOException {
        if (!hasOwner(path)) {
            return;
        }
        int owner = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        boolean isOwn = owner == new UnixSystem().getUid();
        if (!isOwn && owner != ROOT) {
            throw new CertificateProblem(
                    "%s belongs to the account %s, which can read and change the keys: run chown on it"
                            .formatted(path, Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)));
        }
        if (Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).stream()
                .noneMatch(OF_OTHERS::contains)) {
            return;
        }
        if (!isOwn) {
            throw new CertificateProblem(
                    "%s is open to other accounts, who may read or change the keys: run chmod %s on it"
                            .formatted(path, permissions.equals(FOLDER) ? "700" : "600"));
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        LOG.warnf(
                "%s was open to other accounts of this machine, and is not any more: if one of them may have read the keys, remove"
                        + " the folder, after which each device must trust a new authority",
                path);
    }

    private static boolean hasOwner(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}
