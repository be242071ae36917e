package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls by curl in the documents, made as they stand there, and their responses against those that are printed there. */
class DocumentCallsIT {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    /** In an order in which what one needs was made before; docs/example_requests.md has a test of its own. */
    private static final List<String> DOCUMENTS = List.of(
            "docs/install.md",
            "docs/api.md",
            "docs/refusals.md",
            "docs/api-recognition.md",
            "docs/challenges.md",
            "docs/api-attendance.md",
            "docs/api-people.md",
            "docs/api-devices.md",
            "docs/webhooks.md",
            "docs/monitoring.md",
            "docs/audit.md",
            "docs/build.md",
            "docs/calls.md",
            "docs/thresholds.md",
            "docs/troubleshooting.md",
            "docs/administrators.md",
            "docs/privacy.md");

    private static final Pattern BLOCK = Pattern.compile("(?s)```(?:sh|console)\n(.*?)```");

    /** What a reader puts something else for: ids, codes, tokens and files of another moment. */
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "\\bNEXT\\b|\\bID\\b|\\$KIOSK_KEY|\\$BADGE|\\$frame|\\$token|rk_|\"code\": |If-Match|X-CSRF-Token|staff\\.zip");

    private static final String COUNTING_CURL =
            "curl() { command curl -sS -o answer.json -w '%{http_code}\\n' \"$@\" >> codes; cat answer.json; }\n";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** A command, and the line that the document has after it; empty if that is none. */
    private record Call(String document, String command, String printed) {}

    @Test
    void callsOfTheDocuments_haveTheResponsesThatTheySay() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not here");
        Files.createSymbolicLink(folder.resolve("portraits"), PROJECT.resolve("portraits"));
        List<Call> calls = new ArrayList<>();
        for (String document : DOCUMENTS) {
            calls.addAll(calls(document));
        }
        Map<String, String> settings = Map.of(
                "API_KEY", RunningService.KEY, "TIME_ZONE", MarkStream.noonZone(), "MAX_ATTENDANCE_PER_DAY", "1000");
        try (RunningService service = RunningService.start(folder, settings)) {
            for (Map.Entry<String, String> person :
                    Map.of("castor", "felipe", "pollux", "elizabeth").entrySet()) {
                assertThat(service.enroll(person.getKey(), Pictures.portrait(person.getValue()))
                                .status())
                        .isEqualTo(201);
            }
            Map<String, Object> device = Map.of("name", "north gate", "scopes", List.of("recognize"));
            assertThat(service.postJson("/v1/keys", device).status()).isEqualTo(201);
            assertThat(service.recognize("castor", Pictures.portrait("manuel")).code())
                    .isEqualTo("NOT_MATCHED");
            SoftAssertions all = new SoftAssertions();
            for (Call call : calls) {
                compare(call, service, all);
            }
            all.assertAll();
        }
        assertThat(calls).hasSizeGreaterThan(25);
    }

    private void compare(Call call, RunningService service, SoftAssertions all)
            throws IOException, InterruptedException {
        String said = said(call.command(), service);
        List<String> statuses = Files.readAllLines(folder.resolve("codes"));
        String status = statuses.get(statuses.size() - 1);
        String as = call + " answered " + status + " " + said;
        if (call.printed().startsWith("{")) {
            JsonNode answer = JSON.readTree(said);
            JsonNode printed = JSON.readTree(call.printed());
            all.assertThat(names(answer, printed)).as(as).isEqualTo(names(printed, answer));
        } else {
            all.assertThat(status).as(as).startsWith("2");
        }
    }

    /** The names of all fields: of the first item of each list, and of no object or list that the other has empty or null. */
    private static Set<String> names(JsonNode node, JsonNode other) {
        Set<String> names = new TreeSet<>();
        node.properties().forEach(field -> {
            names.add(field.getKey());
            JsonNode below = first(field.getValue());
            JsonNode otherBelow = first(other.path(field.getKey()));
            if (!otherBelow.isEmpty()) {
                names(below, otherBelow).forEach(name -> names.add(field.getKey() + "." + name));
            }
        });
        return names;
    }

    private static JsonNode first(JsonNode node) {
        return node.isArray() ? node.path(0) : node;
    }

    private String said(String command, RunningService service) throws IOException, InterruptedException {
        String here = command.replace(
                "localhost:8000", "localhost:" + service.address().getPort());
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", COUNTING_CURL + here)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true);
        shell.environment().put("KEY", RunningService.KEY);
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static List<Call> calls(String document) throws IOException {
        return BLOCK.matcher(Files.readString(PROJECT.resolve(document)))
                .results()
                .flatMap(block -> calls(document, block.group(1)).stream())
                .filter(call ->
                        call.command().contains("curl") && call.command().contains("localhost:8000"))
                .filter(call -> !PLACEHOLDER.matcher(call.command()).find())
                .toList();
    }

    /** The commands of a block: lines that begin with {@code $}, or all of a block that has none; a backslash or pipe continues one. */
    private static List<Call> calls(String document, String block) {
        boolean prompts = block.startsWith("$ ");
        List<String> lines = block.lines().toList();
        List<Call> calls = new ArrayList<>();
        int next = 0;
        while (next < lines.size()) {
            String line = lines.get(next++);
            if (prompts && !line.startsWith("$ ")) {
                continue;
            }
            StringBuilder command = new StringBuilder(prompts ? line.substring(2) : line);
            while (command.toString().matches("(?s).*[\\\\|]$") && next < lines.size()) {
                command.append('\n').append(lines.get(next++));
            }
            String printed = next < lines.size() && !lines.get(next).startsWith("$ ") ? lines.get(next) : "";
            calls.add(new Call(document, command.toString(), printed));
        }
        return calls;
    }
}
