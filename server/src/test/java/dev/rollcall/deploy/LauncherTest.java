package dev.rollcall.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with programs in the place of Maven and Java that say how they were called. */
class LauncherTest {

    private static final String BUILDS = """
            echo '[INFO] Downloading from somewhere: a.jar'
            echo '[INFO] --- compiler:3.14.1:compile (default-compile) @ rollcall-engine ---'
            echo '[INFO] --- compiler:3.14.1:compile (vector) @ rollcall-engine ---'
            echo '[INFO] --- compiler:3.14.1:compile (default-compile) @ rollcall-server ---'
            echo '[INFO] --- quarkus:3.33.2:build (default) @ rollcall-server ---'
            mkdir -p server/target/quarkus-app && touch server/target/quarkus-app/quarkus-run.jar
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void copyLauncher() throws IOException {
        Files.copy(Path.of("..", "rollcall"), folder.resolve("rollcall"));
        program("jdk/bin/java", "echo \"java of JAVA_HOME: $*\"");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    @Test
    void buildFromSource_saysEachStepOnce() throws Exception {
        Files.createFile(folder.resolve("pom.xml"));
        program("bin/mvn", BUILDS);

        Ended ended = launch("serve");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.said().lines().map(String::strip))
                .containsSubsequence(
                        "1 of 3: compiling the engine",
                        "2 of 3: compiling the server, the longest step",
                        "3 of 3: packing the service",
                        "built")
                .anyMatch(line -> line.startsWith("downloading libraries"))
                .anyMatch(line -> line.startsWith("java of JAVA_HOME:") && line.endsWith("quarkus-run.jar serve"))
                .doesNotHaveDuplicates();
    }

    @Test
    void buildWhoseLastLineIsNotEnded_counts() throws Exception {
        Files.createFile(folder.resolve("pom.xml"));
        program("bin/mvn", BUILDS + "printf '\\033[0m'\n");

        assertThat(launch("serve").exitCode()).isZero();
    }

    @Test
    void failedBuild_showsWhyAndEndsWithOne() throws Exception {
        Files.createFile(folder.resolve("pom.xml"));
        program("bin/mvn", "echo '[INFO] x'; echo '[ERROR] there is a mistake'; exit 7");

        Ended ended = launch("serve");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.said())
                .contains("there is a mistake", "the build failed (Maven's exit code is 7)")
                .doesNotContain("[INFO]");
    }

    @Test
    void package_usesItsOwnJavaEvenIfAnotherIsSet() throws Exception {
        Files.createDirectories(folder.resolve("app"));
        Files.createFile(folder.resolve("app/quarkus-run.jar"));
        program("runtime/bin/java", "echo \"its own java: $*\"");
        Files.writeString(folder.resolve("runtime/release"), "JAVA_VERSION=\"25\"\n");

        assertThat(launch("doctor").said()).startsWith("its own java:").contains("-jar app/quarkus-run.jar doctor");
    }

    private record Ended(int exitCode, String said) {}

    private Ended launch(String command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(folder.resolve("rollcall").toString(), command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }

    private void program(String name, String lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
