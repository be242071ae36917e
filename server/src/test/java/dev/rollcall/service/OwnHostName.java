package dev.rollcall.service;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A host name that a process has for itself, where the system permits that. */
final class OwnHostName {

    /** Commands that start a process with one: with root's rights, and without. */
    private static final List<List<String>> COMMANDS =
            List.of(List.of("unshare", "--uts"), List.of("unshare", "--map-current-user", "--uts"));

    private final List<String> command;

    private OwnHostName(List<String> command) {
        this.command = command;
    }

    static OwnHostName find() {
        return new OwnHostName(COMMANDS.stream()
                .filter(command -> succeeds(with(command, "true")))
                .findFirst()
                .orElse(List.of()));
    }

    boolean isPossible() {
        return !command.isEmpty();
    }

    /** What a process is started behind; empty if it can't have a host name of its own. */
    List<String> command() {
        return command;
    }

    /** Changes the host name of a process that was started behind the command; returns whether that succeeded. */
    boolean rename(long pid, String name) {
        List<String> enter = List.of("nsenter", "-t", Long.toString(pid), "--uts");
        return succeeds(
                with(command.size() == 2 ? enter : with(enter, "--user", "--preserve-credentials"), "hostname", name));
    }

    private static List<String> with(List<String> command, String... arguments) {
        return Stream.concat(command.stream(), Stream.of(arguments)).toList();
    }

    private static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
