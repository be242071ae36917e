package dev.rollcall.store.embedded;

import dev.rollcall.files.FolderLock;
import dev.rollcall.files.LoopbackPort;
import dev.rollcall.files.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * The embedded PostgreSQL server, with its programs, data and log under the data folder. Durable: fsync and synchronous
 * commit are on. It listens on the loopback address only, with a random password, and ends with the service, also when
 * that is killed.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class.getName());
    private static final String INTERRUPTED = "The start was interrupted.";
    private static final String LOCK = "rollcall.lock";
    private static final String USER = "rollcall";
    private static final long START_SECONDS = 60;
    private static final long RESTART_PAUSE_MS = 1_000;
    private static final long POLL_MS = 20;
    private static final long MAX_LOG_BYTES = 5_000_000;

    /** Settings for little memory and full durability. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("fsync", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("shared_buffers", "16MB"),
            Map.entry("max_connections", "20"),
            Map.entry("max_wal_size", "128MB"),
            Map.entry("min_wal_size", "32MB"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("max_parallel_workers", "0"),
            Map.entry("jit", "off"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"));

    private final FolderLock lock;
    private final ServerFolder folder;
    private final Path database;
    private final Programs programs;
    private final String password;
    private final int port;
    private final Postmaster postmaster;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Prevents restarts of the server from the process' shutdown on, which may begin long before {@link #close}. */
    private final Thread shutdownHook = new Thread(closing::countDown, "postgres-no-restart");

    private EmbeddedPostgres(Path dataFolder) throws IOException {
        PrivateFile.createFolder(dataFolder);
        lock = FolderLock.take(dataFolder, LOCK)
                .orElseThrow(() -> new StartException("Another Rollcall is running on the data folder " + dataFolder
                        + ". Stop it first, or give this one a DATA_DIR of its own."));
        folder = ServerFolder.of(dataFolder);
        folder.create();
        Path home = Binaries.unpackedUnder(folder.path());
        Binaries.requireRunnable(home);
        database = folder.database();
        postmaster = new Postmaster(database);
        password = folder.password();
        programs = new Programs(home, folder.path());
        port = LoopbackPort.free();
    }

    /**
     * Starts the server on a data folder, which is created if necessary, and waits until it accepts connections.
     *
     * @throws StartException with the reason, if that fails
     */
    public static EmbeddedPostgres start(Path dataFolder) {
        try {
            EmbeddedPostgres server =
                    new EmbeddedPostgres(dataFolder.toAbsolutePath().normalize());
            server.open();
            return server;
        } catch (IOException e) {
            throw unusable(dataFolder, e);
        }
    }

    private static StartException unusable(Path dataFolder, IOException e) {
        boolean hasReason = e.getClass() == IOException.class;
        String reason = hasReason ? String.valueOf(e.getMessage()) : e.toString();
        return new StartException(
                "DATA_DIR: the data folder " + dataFolder.toAbsolutePath().normalize() + " can't be used: " + reason,
                e);
    }

    /** Whether the disk has space for two more segments of the write-ahead log. */
    public boolean hasDiskSpace() {
        return folder.hasDiskSpace();
    }

    private void open() throws IOException {
        try {
            addShutdownHook();
            initialize();
            stopLeftOver();
            startSupervisor();
            awaitReady();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The address and credentials of a server. */
    public record Access(String jdbcUrl, String user, String password) {

        private static Access to(int port, String password) {
            return new Access("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
        }

        @Override
        public String toString() {
            return "Access[" + jdbcUrl + "]";
        }
    }

    public Access access() {
        return Access.to(port, password);
    }

    /** Whether a data folder has the database of an embedded server, running or not. */
    public static boolean hasDatabase(Path dataFolder) {
        return Files.isDirectory(ServerFolder.of(dataFolder).database());
    }

    /** The access to the server that another process runs on a data folder; empty when none does. */
    public static Optional<Access> running(Path dataFolder) {
        ServerFolder folder = ServerFolder.of(dataFolder);
        Postmaster postmaster = new Postmaster(folder.database());
        try {
            boolean ready = postmaster.runningPid().isPresent() && postmaster.ready();
            OptionalInt port = ready ? postmaster.port() : OptionalInt.empty();
            return port.isPresent() ? Optional.of(Access.to(port.getAsInt(), folder.password())) : Optional.empty();
        } catch (IOException e) {
            throw unusable(dataFolder, e);
        }
    }

    /** Creates the database under a temporary name first, so that one whose creation was killed is never used. */
    private void initialize() throws IOException {
        if (Files.isDirectory(database)) {
            return;
        }
        LOG.info("creating the database in " + database);
        Path unfinished = folder.unfinishedDatabase();
        programs.run(
                "initdb",
                List.of(
                        "--pgdata=" + unfinished,
                        "--username=" + USER,
                        "--pwfile=" + folder.passwordFile(),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C"));
        Files.move(unfinished, database, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Stops a server that a killed service left running, which would keep the data folder locked. */
    private void stopLeftOver() throws IOException {
        if (postmaster.runningPid().isPresent()) {
            LOG.info("stopping the PostgreSQL that an earlier run left behind");
            stopServer();
        }
        postmaster.removePidFile();
    }

    private void stopServer() throws IOException {
        programs.run("pg_ctl", List.of("stop", "--pgdata=" + database, "--mode=fast", "--wait", "--timeout=60"));
    }

    /** Starts the supervisor thread, which starts the server and restarts it; the server ends with this thread. */
    private void startSupervisor() {
        Thread supervisor = new Thread(this::supervise, "postgres-supervisor");
        supervisor.setDaemon(true);
        supervisor.start();
    }

    private void supervise() {
        try {
            Optional<Process> server = Optional.of(startServer());
            while (server.isPresent()) {
                server = startAgain("PostgreSQL ended with code " + server.get().waitFor());
            }
        } catch (IOException e) {
            LOG.severe("PostgreSQL can't be started: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    /** Starts the server again, and tries until it can be started, such as after a shortage of memory or of files; empty when closing. */
    private Optional<Process> startAgain(String reason) throws InterruptedException {
        String problem = reason;
        while (!closing.await(RESTART_PAUSE_MS, TimeUnit.MILLISECONDS)) {
            LOG.severe(problem + "; starting it again. Its log: " + folder.log());
            try {
                postmaster.removePidFile();
                return Optional.of(startServer());
            } catch (IOException e) {
                problem = "PostgreSQL can't be started: " + e;
            }
        }
        return Optional.empty();
    }

    private Process startServer() throws IOException {
        if (Files.exists(folder.log()) && Files.size(folder.log()) > MAX_LOG_BYTES) {
            Files.delete(folder.log());
        }
        folder.protectLog();
        List<String> arguments = new ArrayList<>(List.of("-D", database.toString(), "-p", "" + port));
        SETTINGS.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return programs.start("postgres", arguments, folder.log());
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!postmaster.ready()) {
            boolean ended = awaitStopped();
            if (ended && closing.getCount() == 0) {
                throw new StartException(INTERRUPTED);
            }
            if (ended || System.nanoTime() > deadline) {
                throw new StartException("PostgreSQL doesn't start. The end of " + folder.log() + ":\n" + logTail());
            }
        }
    }

    private boolean awaitStopped() {
        try {
            return stopped.await(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private String logTail() throws IOException {
        return Programs.reason(Files.exists(folder.log()) ? Files.readAllLines(folder.log()) : List.of());
    }

    /** Stops the server and unlocks the data folder. */
    @Override
    public void close() {
        closing.countDown();
        removeShutdownHook();
        try {
            if (postmaster.runningPid().isPresent()) {
                stopServer();
                stopped.await(START_SECONDS, TimeUnit.SECONDS);
            }
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void addShutdownHook() {
        try {
            Runtime.getRuntime().addShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            throw new StartException(INTERRUPTED, e);
        }
    }

    private void removeShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The process is ending, and runs the hook itself.
        }
    }
}
