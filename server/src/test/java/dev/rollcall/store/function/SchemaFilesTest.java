package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the schema, and the script that is made of them. */
class SchemaFilesTest {

    @Test
    void scriptAtTheRoot_isTheOneOfThisProgram() throws IOException {
        assertThat(Path.of("..", "supabase_schema.sql"))
                .as("stale: run ./rollcall schema > supabase_schema.sql")
                .hasContent(Schema.script());
    }

    @Test
    void everyFile_isListed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources", Schema.FOLDER))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(Schema.TABLES.stream(), Schema.FUNCTIONS.stream())
                                    .toList());
        }
        assertThat(Schema.FUNCTIONS).isSorted();
    }

    @Test
    void everyFunction_hasOneHome() {
        Pattern definition = Pattern.compile("(?m)^create (?:or replace )?function (\\w+)\\(");
        List<String> names = new ArrayList<>();
        for (String file : Schema.FUNCTIONS) {
            Matcher found = definition.matcher(Schema.read(file));
            while (found.find()) {
                names.add(found.group(1));
            }
        }
        assertThat(names).doesNotHaveDuplicates().contains("mark_attendance");
        assertThat(Schema.TABLES)
                .noneMatch(file -> definition.matcher(Schema.read(file)).find());
    }

    /** Supabase loads the extension safeupdate for calls over REST, which refuses the others. */
    @Test
    void everyUpdateAndDelete_hasAWhere() {
        Pattern statement =
                Pattern.compile("(?:^|\\s|\\()(?:update\\s+(?!of\\b|set\\b|on\\b|or\\b)|delete\\s+from\\s)[^;]*");
        List<String> found = new ArrayList<>();
        for (String file : Schema.FUNCTIONS) {
            String code = Schema.read(file).replaceAll("--[^\n]*", "").replaceAll("on conflict[^;]*?do update", "");
            code = code.replaceAll("for (?:no key )?update", "").replaceAll("create trigger[^;]*", "");
            statement.matcher(code).results().map(MatchResult::group).forEach(found::add);
        }
        found.add(Schema.stamp());

        assertThat(found).hasSizeGreaterThan(10).allSatisfy(sql -> assertThat(sql)
                .containsPattern("\\swhere\\s"));
    }
}
