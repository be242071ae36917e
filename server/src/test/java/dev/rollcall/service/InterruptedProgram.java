package dev.rollcall.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command of the launcher in a process group of its own, which is interrupted as a terminal does it on Ctrl-C. */
final class InterruptedProgram {

    /** A shell starts what it runs in the background with the signal ignored, and with it all that this starts. */
    private static final List<String> DEFAULT_INTERRUPT = List.of("env", "--default-signal=INT");

    private final Process process;

    private InterruptedProgram(Process process) {
        this.process = process;
    }

    static InterruptedProgram start(Path log, Map<String, String> settings, String... command)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(DEFAULT_INTERRUPT);
        line.addAll(List.of("setsid", Path.of("..", "rollcall").toAbsolutePath().toString()));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("HOST", "127.0.0.1");
        builder.environment().put("PORT", "0");
        builder.environment().put("ROLLCALL_JAVA_OPTS", PreparedData.javaOptions());
        builder.environment().putAll(settings);
        return new InterruptedProgram(builder.start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Interrupts every process of the group and waits for the program's end; returns its exit code. */
    int interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", "--", "-" + process.pid()).start().waitFor();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the program goes on after an interrupt");
        }
        return process.exitValue();
    }

    /** Ends the program itself, and none of its children, as kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
