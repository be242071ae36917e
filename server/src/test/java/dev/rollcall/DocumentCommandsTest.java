package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rollcall.cli.ConfigCommand;
import dev.rollcall.cli.RollcallCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Whether the program accepts each command line of {@code rollcall} that the documents print. */
class DocumentCommandsTest {

    private static final Pattern BLOCK = Pattern.compile("(?s)```(?:sh|console)\n(.*?)```");

    /** The program, at the beginning of a command, after settings or {@code sudo}; then its arguments up to what the shell reads. */
    private static final Pattern COMMAND = Pattern.compile(
            "(?m)(?:^|\\$ |&& |<\\()(?:[A-Z_]+=\\S* )*(?:\\./|/opt/rollcall/)?rollcall ((?:[^|&#>)\n\"]|\"[^\"]*\")+)");

    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @Test
    void everyCommandLine_isAccepted() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path document : documents()) {
            for (MatchResult block :
                    BLOCK.matcher(Files.readString(document)).results().toList()) {
                COMMAND.matcher(block.group(1))
                        .results()
                        .forEach(line -> lines.add(line.group(1).strip()));
            }
        }
        lines.remove("COMMAND --help");

        assertThat(lines).hasSizeGreaterThan(30).allSatisfy(line -> assertThatCode(
                        () -> program().parseArgs(arguments(line)))
                .as(line)
                .doesNotThrowAnyException());
    }

    private static String[] arguments(String line) {
        return ARGUMENT.matcher(line)
                .results()
                .map(argument -> argument.group(1) == null ? argument.group(2) : argument.group(1))
                .toArray(String[]::new);
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("../docs"))) {
            return Stream.concat(
                            docs,
                            Stream.of("README.md", "SECURITY.md", "CONTRIBUTING.md")
                                    .map(Path.of("..")::resolve))
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static CommandLine program() {
        return RollcallCommand.line(
                (name, text) -> {},
                options -> 0,
                () -> new ConfigCommand.Printed(List.of(), List.of(), 0),
                () -> "",
                work -> 0,
                (mode, work) -> 0,
                (models, work) -> 0,
                found -> {});
    }
}
