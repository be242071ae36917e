package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.ConfigCommand.Line;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RollcallCommandTest {

    private static final int INVALID = 78;

    private final Map<String, String> served = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void optionsOfServe_areTextsOfSettings() {
        assertThat(execute("serve", "--port", "9000", "--data-dir", "records")).isZero();

        assertThat(served)
                .containsEntry("PORT", "9000")
                .containsEntry(
                        "DATA_DIR", CalledFrom.resolve(Path.of("records")).toString())
                .doesNotContainKey("HOST");
    }

    @Test
    void dataFolder_canBeGivenToEveryCommand() {
        for (String command : List.of("setup-link", "backup", "doctor", "keys list", "audit verify")) {
            served.clear();
            assertThat(execute((command + " --data-dir records").split(" ")))
                    .as(command)
                    .isZero();

            assertThat(served).containsOnlyKeys("DATA_DIR");
        }
    }

    @Test
    void config_showsWhereValuesComeFromAndNoSecret() {
        assertThat(execute("config")).isEqualTo(INVALID);

        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly("API_KEY (set, not shown) .env", "HOST 127.0.0.1 environment", "MODEL_DIR - default");
        assertThat(err.toString()).isEqualToIgnoringNewLines("rollcall: PORT must be a number");
    }

    @Test
    void changedSettings_areThoseThatWereSet() {
        execute("config", "--changed");

        assertThat(out.toString()).contains("API_KEY", "HOST").doesNotContain("MODEL_DIR");
    }

    @Test
    void changedSettings_ofWhichThereIsNone_areSaidToBeNone() {
        CommandLine config = new CommandLine(new ConfigCommand(
                () -> new ConfigCommand.Printed(List.of(new Line("MODEL_DIR", null, null, false)), List.of(), 0)));

        assertThat(config.setOut(new PrintWriter(out)).execute("--changed")).isZero();

        assertThat(out.toString()).isEqualToIgnoringNewLines("No setting was set: each has its default.");
    }

    @Test
    void sbomOfABuildWithoutOne_isSaidToBeMissing() {
        CommandLine sbom = new CommandLine(new PrintCommand.SbomCommand("/META-INF/sbom/missing.json"));

        assertThat(sbom.setErr(new PrintWriter(err)).execute()).isEqualTo(1);

        assertThat(err.toString())
                .startsWith("rollcall: this build has no bill of materials")
                .doesNotContain("\tat ");
    }

    @Test
    void version_isToldByEveryCommand() {
        execute("--version");
        String version = out.toString();
        execute("serve", "--version");
        execute("keys", "create", "--version");

        assertThat(version).startsWith("rollcall ");
        assertThat(out.toString()).isEqualTo(version + version + version);
    }

    @Test
    void help_isThatOfTheProgramOrOfACommand() {
        execute("help");
        execute("help", "serve");

        assertThat(out.toString()).contains("Usage: rollcall [", "Usage: rollcall serve [");
    }

    @Test
    void completion_isAScriptThatNamesTheCommands() {
        execute("completion");

        assertThat(out.toString()).contains("complete -F", "enroll-dir", "--data-dir");
    }

    private int execute(String... arguments) {
        CommandLine line = RollcallCommand.line(
                served::put,
                options -> {
                    served.putAll(options);
                    return 0;
                },
                RollcallCommandTest::settings,
                () -> "",
                work -> 0,
                (mode, work) -> 0,
                (models, work) -> 0,
                found -> {});
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    private static ConfigCommand.Printed settings() {
        return new ConfigCommand.Printed(
                List.of(
                        new Line("API_KEY", null, ".env", true),
                        new Line("HOST", "127.0.0.1", "environment", false),
                        new Line("MODEL_DIR", null, null, false)),
                List.of("PORT must be a number"),
                INVALID);
    }
}
