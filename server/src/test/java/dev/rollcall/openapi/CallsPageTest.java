package dev.rollcall.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.problem.ProblemType;
import dev.rollcall.outcome.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whether docs/calls.md and the table of codes in docs/refusals.md are what the OpenAPI document and the program say. */
class CallsPageTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path WRITTEN = Path.of("target", "calls.md");
    private static final Pattern CODE_ROW = Pattern.compile("(?m)^\\| ([A-Z_]+) \\| (\\d{3}) \\|");

    @Test
    void pageOfCalls_isThatOfTheOpenApiDocument() throws IOException {
        String page = new CallsPage(ApiDocument.read()).text();
        Files.writeString(WRITTEN, page);

        assertThat(DOCS.resolve("calls.md"))
                .as("stale: run cp server/target/calls.md docs/calls.md")
                .exists()
                .hasContent(page);
    }

    @Test
    void tableOfCodes_hasTheStatusOfEachCode() throws IOException {
        assertThat(CODE_ROW.matcher(Files.readString(DOCS.resolve("refusals.md")))
                        .results())
                .hasSize(Code.values().length)
                .allSatisfy(row -> assertThat(
                                ProblemType.of(Code.valueOf(row.group(1))).status())
                        .as(row.group(1))
                        .isEqualTo(Integer.parseInt(row.group(2))));
    }
}
