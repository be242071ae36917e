package dev.rollcall.store.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The state of a server according to the file {@code postmaster.pid} in its database folder. */
final class Postmaster {

    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;
    private static final String OWNER = "unix:uid";

    private final Path database;
    private final Path pidFile;

    Postmaster(Path database) {
        this.database = database;
        this.pidFile = database.resolve("postmaster.pid");
    }

    /** Whether the server accepts connections. */
    boolean ready() throws IOException {
        List<String> lines = lines();
        return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /** The server's port, or empty while it doesn't listen. */
    OptionalInt port() throws IOException {
        List<String> lines = lines();
        return lines.size() > PORT_LINE && lines.get(PORT_LINE).strip().matches("\\d{1,5}")
                ? OptionalInt.of(Integer.parseInt(lines.get(PORT_LINE).strip()))
                : OptionalInt.empty();
    }

    /** The process id of a running server; empty for a zombie or another process with its id, also one of another PostgreSQL. */
    OptionalLong runningPid() throws IOException {
        List<String> lines = lines();
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
            return OptionalLong.empty();
        }
        long pid = Long.parseLong(lines.get(0).strip());
        return isRunningPostgres(pid) ? OptionalLong.of(pid) : OptionalLong.empty();
    }

    /** Removes the file, which a killed server leaves behind. */
    void removePidFile() throws IOException {
        Files.deleteIfExists(pidFile);
    }

    private boolean isRunningPostgres(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.isDirectory(Path.of("/proc"))) {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
        try {
            String line = Files.readString(stat);
            String name = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
            char state = line.charAt(line.lastIndexOf(')') + 2);
            return name.startsWith("postgres") && state != 'Z' && state != 'X' && isInDatabase(pid);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Whether a process works in the database folder, as all of its server's do, and those of other servers don't. Where that can't be
     * seen, as by root in a container of a process of {@code nobody}, it is one of the account that owns the folder.
     */
    private boolean isInDatabase(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            return Files.isSameFile(process.resolve("cwd"), database);
        } catch (AccessDeniedException e) {
            return Files.getAttribute(process, OWNER).equals(Files.getAttribute(database, OWNER));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(pidFile);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
