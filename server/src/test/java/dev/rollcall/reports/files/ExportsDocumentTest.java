package dev.rollcall.reports.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whether docs/exports.md has the columns and the layouts that there are. */
class ExportsDocumentTest {

    private static final Pattern COLUMN = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\|");

    @Test
    void tablesOfColumns_areThoseOfTheFiles() throws IOException {
        assertThat(columns("Marks")).isEqualTo(names(Columns.MARKS));
        assertThat(columns("Days")).isEqualTo(names(Columns.DAYS));
        assertThat(columns("Months")).isEqualTo(names(Columns.MONTHS));
    }

    @Test
    void layoutsForPayroll_areThoseOfTheGoldenFiles() throws IOException {
        String document = document();
        for (String file : List.of("payroll-generic.csv", "payroll-datev-lodas.txt", "payroll-adp-paydata.csv")) {
            Path golden = Path.of("src/test/resources/exports", file);
            assertThat(Files.readAllLines(golden))
                    .filteredOn(line -> !line.contains("77"))
                    .allSatisfy(line -> assertThat(document).contains(line + "\n"));
        }
    }

    private static List<String> names(List<? extends Column<?>> columns) {
        return columns.stream()
                .map(column -> column.name() + " " + column.kind().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<String> columns(String heading) throws IOException {
        String section = document().split("\n### " + heading + "\n", -1)[1].split("\n##", -1)[0];
        return COLUMN.matcher(section)
                .results()
                .map((MatchResult row) -> row.group(1) + " " + row.group(2))
                .toList();
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("../docs/exports.md"));
    }
}
