package dev.rollcall.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What the file {@code postmaster.pid} in a database folder says about the server running on it. */
final class Postmaster {

    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    private final Path pidFile;

    Postmaster(Path database) {
        this.pidFile = database.resolve("postmaster.pid");
    }

    /** Whether the server has said that it takes connections. */
    boolean ready() throws IOException {
        List<String> lines = lines();
        return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /** The port on which the server listens, or empty while there is none. */
    OptionalInt port() throws IOException {
        List<String> lines = lines();
        return lines.size() > PORT_LINE && lines.get(PORT_LINE).strip().matches("\\d{1,5}")
                ? OptionalInt.of(Integer.parseInt(lines.get(PORT_LINE).strip()))
                : OptionalInt.empty();
    }

    /** The process id of a server that is really running, and not merely left in the process table. */
    OptionalLong runningPid() throws IOException {
        List<String> lines = lines();
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
            return OptionalLong.empty();
        }
        long pid = Long.parseLong(lines.get(0).strip());
        return isRunningPostgres(pid) ? OptionalLong.of(pid) : OptionalLong.empty();
    }

    /** Removes what a dead server left behind. */
    void forget() throws IOException {
        Files.deleteIfExists(pidFile);
    }

    private static boolean isRunningPostgres(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.isDirectory(Path.of("/proc"))) {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
        try {
            String line = Files.readString(stat);
            String name = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
            char state = line.charAt(line.lastIndexOf(')') + 2);
            return name.startsWith("postgres") && state != 'Z' && state != 'X';
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
