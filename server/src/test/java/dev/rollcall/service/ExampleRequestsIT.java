package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests of docs/example_requests.md, made as they stand there. */
class ExampleRequestsIT {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern EXAMPLE = Pattern.compile("```sh\n([^`]*)```\n```\n([^`]*)```");

    @TempDir
    Path folder;

    @Test
    void examples_printWhatTheySay() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not here");
        List<MatchResult> examples = EXAMPLE.matcher(Files.readString(PROJECT.resolve("docs/example_requests.md")))
                .results()
                .toList();
        Map<String, String> settings = Map.of(
                "API_KEY", RunningService.KEY, "TIME_ZONE", MarkStream.noonZone(), "MIN_SECONDS_BETWEEN_MARKS", "60");
        Files.createSymbolicLink(folder.resolve("portraits"), PROJECT.resolve("portraits"));
        try (RunningService service = RunningService.start(folder, settings)) {
            for (MatchResult example : examples) {
                assertThat(said(example.group(1), service)).as(example.group(1)).isEqualTo(example.group(2));
            }
        }
        assertThat(examples).hasSizeGreaterThanOrEqualTo(8);
    }

    private String said(String commands, RunningService service) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", commands)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true);
        shell.environment().put("BASE", service.address().toString());
        shell.environment().put("KEY", RunningService.KEY);
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
