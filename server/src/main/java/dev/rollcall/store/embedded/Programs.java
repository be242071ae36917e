package dev.rollcall.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** PostgreSQL's programs, run under an account that they accept. */
final class Programs {

    private static final int MAX_LINES = 10;
    private static final Pattern REASON = Pattern.compile("FATAL:|PANIC:|ERROR:|error:");

    private final Path home;
    private final Path output;
    private final ServerAccount account;

    /**
     * Chooses the account.
     *
     * @param home the folder of the programs
     * @param folder the folder that they write to
     */
    Programs(Path home, Path folder) throws IOException {
        this.home = home;
        this.output = folder.resolve("command.log");
        this.account = ServerAccount.choose(home, folder);
    }

    /**
     * Runs a program to its end, or to the end of the calling thread.
     *
     * @throws StartException if it fails, with its error output
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

    /** Starts a program that ends with the calling thread, and appends its output to a log. */
    Process start(String name, List<String> arguments, Path log) throws IOException {
        return new ProcessBuilder(account.boundCommand(command(name, arguments)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** The last lines of an error output that have a reason, or its last lines if none has. */
    static String reason(List<String> lines) {
        List<String> reasons =
                lines.stream().filter(line -> REASON.matcher(line).find()).toList();
        List<String> shown = reasons.isEmpty() ? lines : reasons;
        return String.join("\n", shown.subList(Math.max(0, shown.size() - MAX_LINES), shown.size()));
    }

    private List<String> command(String name, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve(name).toString());
        command.addAll(arguments);
        return command;
    }
}
