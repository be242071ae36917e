package dev.rollcall.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The account that PostgreSQL's programs run under. They refuse root and an account without a name. If the service's
 * account is one of these, they run in a user namespace of their own, in which they own the service's files only, or, if
 * the service is root, under the account {@code nobody}.
 */
final class ServerAccount {

    private static final int ROOT = 0;
    private static final int NOBODY = 65534;
    private static final long PROBE_SECONDS = 10;
    private static final Path SELF = Path.of("/proc/self");

    /** Starts the programs in a user namespace without mapped accounts. */
    private static final List<String> NAMESPACE = List.of("unshare", "--user");

    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

    private static final List<String> OWN_SESSION = List.of("setsid");
    private static final List<String> PARENT_DEATH_SIGNAL = List.of("setpriv", "--pdeathsig", "INT");

    private final List<String> prefix;
    private final List<String> binding;

    private ServerAccount(List<String> prefix, List<String> binding) {
        this.prefix = prefix;
        this.binding = binding;
    }

    /**
     * Chooses an account under which the programs run on the given folder.
     *
     * @param home the folder of PostgreSQL's programs
     * @param folder the folder that they write to; its owner changes if they run as {@code nobody}
     */
    static ServerAccount choose(Path home, Path folder) throws IOException {
        List<String> binding = binding();
        List<String> probe = List.of(home.resolve("bin/postgres").toString(), "--version");
        if (owner(SELF) != ROOT) {
            boolean inNamespace = nameless(SELF) && succeeds(joined(NAMESPACE, probe));
            return new ServerAccount(inNamespace ? NAMESPACE : List.of(), binding);
        }
        boolean ofNobody = owner(folder) == NOBODY;
        if (!ofNobody && succeeds(joined(NAMESPACE, probe))) {
            return new ServerAccount(NAMESPACE, binding);
        }
        if (succeeds(joined(AS_NOBODY, probe))) {
            changeOwner(folder);
            return new ServerAccount(AS_NOBODY, binding);
        }
        throw new StartException(
                "The service runs as root, and PostgreSQL refuses to. Neither a user namespace (unshare"
                        + " --user) nor the account nobody (setpriv, with a DATA_DIR that it may enter) works here. Start the"
                        + " service under an ordinary account, or set DATABASE_URL.");
    }

    /** A command line that runs the program under the account. */
    List<String> command(List<String> program) {
        return joined(prefix, program);
    }

    /**
     * A command line that runs the program under the account. Where the system supports it, the program is interrupted when
     * the thread that started it ends, for any reason. It has a session of its own, so that Ctrl-C at the service's terminal
     * doesn't reach it; the service then stops it.
     */
    List<String> boundCommand(List<String> program) {
        return joined(prefix, joined(binding, program));
    }

    private static List<String> binding() {
        if (!succeeds(List.of("setpriv", "--version"))) {
            return List.of();
        }
        return succeeds(joined(OWN_SESSION, List.of("true")))
                ? joined(OWN_SESSION, PARENT_DEATH_SIGNAL)
                : PARENT_DEATH_SIGNAL;
    }

    private static void changeOwner(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static int owner(Path path) throws IOException {
        return Files.isDirectory(Path.of("/proc")) ? (int) Files.getAttribute(path, "unix:uid") : -1;
    }

    /** Whether the account that owns a path has no name, as in many containers. */
    private static boolean nameless(Path path) throws IOException {
        return Files.isDirectory(Path.of("/proc"))
                && Files.getOwner(path).getName().matches("\\d+");
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (InputStream output = process.getInputStream()) {
                output.readAllBytes();
            }
            return process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> joined(List<String> one, List<String> other) {
        List<String> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
