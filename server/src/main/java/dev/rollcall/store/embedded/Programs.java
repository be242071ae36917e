package dev.rollcall.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** PostgreSQL's programs, run under an account that they accept. */
final class Programs {

    private static final int LINES_TOLD = 10;
    private static final Pattern REASON = Pattern.compile("FATAL:|PANIC:|ERROR:|error:");

    private final Path home;
    private final Path output;
    private final ServerAccount account;

    /**
     * Finds the account.
     *
     * @param home where the programs are
     * @param folder what they write to
     */
    Programs(Path home, Path folder) throws IOException {
        this.home = home;
        this.output = folder.resolve("command.log");
        this.account = ServerAccount.choose(home, folder);
    }

    /**
     * Runs a program to its end, or to the service's.
     *
     * @throws StartException if it fails, with what it said about that
     */
    void run(String name, List<String> arguments) throws IOException {
        Process process = new ProcessBuilder(account.boundCommand(command(name, arguments)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new StartException(name + " failed:\n" + reason(Files.readAllLines(output)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while starting PostgreSQL", e);
        }
    }

    /** Starts a program that ends with the thread that calls this, and writes to the end of a log. */
    Process start(String name, List<String> arguments, Path log) throws IOException {
        return new ProcessBuilder(account.boundCommand(command(name, arguments)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** The lines that say what went wrong, or the last ones if none does. */
    static String reason(List<String> lines) {
        List<String> reasons =
                lines.stream().filter(line -> REASON.matcher(line).find()).toList();
        List<String> told = reasons.isEmpty() ? lines : reasons;
        return String.join("\n", told.subList(Math.max(0, told.size() - LINES_TOLD), told.size()));
    }

    private List<String> command(String name, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve(name).toString());
        command.addAll(arguments);
        return command;
    }
}
