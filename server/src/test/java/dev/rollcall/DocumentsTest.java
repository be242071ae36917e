package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.rollcall.cli.ConfigCommand;
import dev.rollcall.cli.RollcallCommand;
import dev.rollcall.config.settings.SettingRanges;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.http.api.Resources;
import dev.rollcall.outcome.Code;
import io.smallrye.config.WithDefault;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Whether the documents name what the program has, all of it and nothing else. */
class DocumentsTest {

    /** Read by the launcher, and not by {@link Settings}. */
    private static final Map<String, String> OTHER_SETTINGS =
            Map.of("JAVA_HOME", "", "ROLLCALL_HEAP", "80m", "ROLLCALL_JAVA_OPTS", "");

    private static final Set<String> OF_THE_LAUNCHER = Set.of("JAVA_HOME", "ROLLCALL_HEAP", "ROLLCALL_JAVA_OPTS");
    private static final Pattern SETTING_ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| (?:`([^`]*)`|–) \\|");
    private static final Pattern EXAMPLE_LINE = Pattern.compile("(?m)^#?([A-Z_]+)=");
    private static final Pattern CODE_ROW = Pattern.compile("(?m)^\\| ([A-Z_]+) \\| (\\d{3}) \\|");
    private static final Pattern COMMAND_ROW = Pattern.compile("(?m)^\\| `([a-z-`, ]+)` \\| [a-z]");
    private static final Pattern TABLE = Pattern.compile("(?m)^create table (\\w+) ");
    private static final Pattern FORM = Pattern.compile("\\{(\\w+):[^/]*}");
    private static final Pattern CALL_ROW =
            Pattern.compile("(?m)^\\| `(GET|POST|PUT|PATCH|DELETE) ([^`]+)` \\| [^|]*\\|");

    @Test
    void everySetting_isDocumentedWithItsDefault() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        matches(SETTING_ROW, "docs/configuration.md")
                .forEach(row -> documented.put(row.group(1), row.group(2) == null ? "" : row.group(2)));
        Map<String, String> known = new TreeMap<>(OTHER_SETTINGS);
        for (Method setting : Settings.class.getMethods()) {
            WithDefault value = setting.getAnnotation(WithDefault.class);
            known.put(environmentName(setting), value == null ? "" : value.value());
        }

        assertThat(documented).isEqualTo(known);
    }

    @Test
    void everyRange_isDocumented() throws IOException {
        String page = Files.readString(java.nio.file.Path.of("../docs/configuration.md"));

        assertThat(SettingRanges.all()).isNotEmpty().allSatisfy((name, range) -> assertThat(
                        page.lines().filter(line -> line.startsWith("| `" + name + "` |")))
                .singleElement()
                .asString()
                .contains(range));
    }

    @Test
    void exampleEnvironment_namesEverySetting() throws IOException {
        Set<String> known = new TreeSet<>(OTHER_SETTINGS.keySet());
        known.removeAll(OF_THE_LAUNCHER);
        Arrays.stream(Settings.class.getMethods())
                .map(DocumentsTest::environmentName)
                .forEach(known::add);

        assertThat(matches(EXAMPLE_LINE, ".env.example").map(line -> line.group(1)))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void everyCode_isDocumented() throws IOException {
        assertThat(matches(CODE_ROW, "docs/refusals.md").map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Code.values()).map(Code::name).toList());
    }

    @Test
    void everyCommand_isDocumented() throws IOException {
        CommandLine line = RollcallCommand.line(
                (name, text) -> {},
                options -> 0,
                () -> new ConfigCommand.Printed(List.of(), List.of(), 0),
                () -> "",
                work -> 0,
                (mode, work) -> 0,
                (models, work) -> 0,
                found -> {});

        assertThat(matches(COMMAND_ROW, "docs/commands.md")
                        .flatMap(row -> Arrays.stream(row.group(1).split("`, `"))))
                .containsExactlyInAnyOrderElementsOf(line.getSubcommands().keySet());
    }

    @Test
    void everyTable_isDocumented() throws IOException {
        List<String> rows = Files.readAllLines(java.nio.file.Path.of("../docs/storage.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" |", 1)))
                .toList();

        assertThat(matches(TABLE, "server/src/main/resources/db/migration/V1__tables.sql")
                        .map(table -> "`" + table.group(1) + "`"))
                .hasSizeGreaterThan(25)
                .allSatisfy(table ->
                        assertThat(rows).anySatisfy(row -> assertThat(row).contains(table)));
    }

    @Test
    void everyCall_isDocumented() throws IOException {
        assertThat(matches(CALL_ROW, "docs/api.md").map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyInAnyOrderElementsOf(calls());
    }

    @Test
    void everyResource_hasRoutes() {
        assertThat(Resources.ALL.stream().map(Class::getName))
                .containsExactlyInAnyOrderElementsOf(
                        resources().map(JavaClass::getName).toList());
    }

    @Test
    void exampleKiosk_hasAtMostSixtyLines() throws IOException {
        assertThat(Files.readAllLines(java.nio.file.Path.of("../docs/examples/kiosk.html")))
                .hasSizeLessThanOrEqualTo(60);
    }

    private static List<String> calls() {
        return resources().flatMap(DocumentsTest::calls).toList();
    }

    private static Stream<JavaClass> resources() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.rollcall.http.api", "dev.rollcall.http.pages")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Path.class));
    }

    private static Stream<String> calls(JavaClass resource) {
        String base = resource.getAnnotationOfType(Path.class).value();
        return resource.getMethods().stream()
                .filter(method -> !verb(method).isEmpty())
                .map(method -> verb(method) + " " + base
                        + (method.isAnnotatedWith(Path.class)
                                ? FORM.matcher(method.getAnnotationOfType(Path.class)
                                                .value())
                                        .replaceAll("{$1}")
                                : ""));
    }

    private static String verb(JavaMethod method) {
        Map<String, Class<? extends Annotation>> verbs = Map.of(
                "GET", GET.class,
                "POST", POST.class,
                "PUT", PUT.class,
                "PATCH", PATCH.class,
                "DELETE", DELETE.class);
        return verbs.entrySet().stream()
                .filter(verb -> method.isAnnotatedWith(verb.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining());
    }

    private static String environmentName(Method setting) {
        return setting.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    private static Stream<MatchResult> matches(Pattern pattern, String file) throws IOException {
        return pattern.matcher(Files.readString(java.nio.file.Path.of("..", file)))
                .results();
    }
}
