package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command with which the systemd unit waits for the service, run as systemd would. */
final class SystemdUnit {

    private static final Path UNIT = Path.of("..", "deploy", "systemd", "rollcall.service");
    private static final Pattern COMMAND = Pattern.compile("(?m)^ExecStartPost=/bin/sh -c '([^']+)'$");

    private SystemdUnit() {}

    /** Whether the command ends well for a service that can serve. */
    static boolean waitsFor(int port) throws IOException, InterruptedException {
        Matcher command = COMMAND.matcher(Files.readString(UNIT));
        assertThat(command.find()).isTrue();
        ProcessBuilder shell =
                new ProcessBuilder("/bin/sh", "-c", command.group(1).replace("$$", "$"));
        shell.environment().put("PORT", Integer.toString(port));
        Process process = shell.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
