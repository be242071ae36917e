package dev.rollcall.store.function;

import dev.rollcall.files.LoopbackPort;
import dev.rollcall.store.postgres.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A PgBouncer in front of a database, which gives each client a session of its own. It refuses clients beyond so many, as
 * Supabase's pooler does.
 */
final class SessionPooler implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    private final Path configuration;
    private final int port;
    private Process process;

    private SessionPooler(Path configuration, int port, Process process) {
        this.configuration = configuration;
        this.port = port;
        this.process = process;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    static SessionPooler start(Path folder, Database.Address database, int sessions) throws Exception {
        URI behind = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        int port = LoopbackPort.free();
        // Root's pooler runs as another account.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path users = Files.writeString(
                folder.resolve("users.txt"), "\"" + database.user() + "\" \"" + database.password() + "\"\n");
        Path configuration = Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%1$d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %2$d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %3$s
                pool_mode = session
                default_pool_size = %4$d
                max_client_conn = %4$d
                ignore_startup_parameters = extra_float_digits
                logfile = %5$s
                """.formatted(
                        behind.getPort(), port, users, sessions, folder.resolve("pgbouncer.log")));
        SessionPooler pooler = new SessionPooler(configuration, port, program(configuration));
        pooler.awaitPort();
        return pooler;
    }

    private static Process program(Path configuration) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=nobody");
        }
        command.add(configuration.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void awaitPort() throws IOException, InterruptedException {
        for (int i = 0; i < 200 && process.isAlive(); i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException e) {
                Thread.sleep(25);
            }
        }
        throw new IOException("pgbouncer does not listen");
    }

    /** The address of a database behind it. */
    Database.Address to(Database.Address database) {
        return new Database.Address(
                database.jdbcUrl().replaceFirst(":\\d+/", ":" + port + "/"), database.user(), database.password());
    }

    /** Kills it and starts it again. */
    void restart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = program(configuration);
        awaitPort();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
