package dev.rollcall.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.Main;
import dev.rollcall.engine.FaceEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the files of which the packages are made belong together. The packages themselves are made by deploy/package.sh. */
class PackageRecipeTest {

    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Pattern MODULES = Pattern.compile("(?m)^modules=(?:\\$modules,)?(\\S+)$");
    private static final Pattern USED = Pattern.compile("-> ((?:java|jdk)\\.\\S+)");
    private static final Pattern FILE_OF_RECIPE = Pattern.compile("deploy/[a-z-]+/[a-z.-]+");
    private static final Pattern EXECUTED = Pattern.compile("(?m)^ExecStart=(\\S+) ");

    @ParameterizedTest
    @ValueSource(strings = {"package.sh", "deb/postinst", "deb/prerm", "deb/postrm", "deb/rollcall"})
    void script_isValidAndExecutable(String script) throws Exception {
        Process shell = new ProcessBuilder("sh", "-n", DEPLOY.resolve(script).toString())
                .inheritIO()
                .start();

        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isZero();
        assertThat(DEPLOY.resolve(script)).isExecutable();
    }

    @Test
    void everyFileOfTheRecipe_isThere() throws IOException {
        assertThat(matches(FILE_OF_RECIPE, "package.sh").map(MatchResult::group))
                .hasSizeGreaterThan(5)
                .allSatisfy(file -> assertThat(Path.of("..", file)).exists());
    }

    @Test
    void everyModuleOfTheRuntime_isOneOfJava() throws IOException {
        List<String> known = ModuleFinder.ofSystem().findAll().stream()
                .map(ModuleReference::descriptor)
                .map(descriptor -> descriptor.name())
                .toList();

        assertThat(matches(MODULES, "package.sh")
                        .flatMap(line -> Arrays.stream(line.group(1).split(","))))
                .hasSizeGreaterThan(10)
                .doesNotHaveDuplicates()
                .isSubsetOf(known);
    }

    @ParameterizedTest
    @ValueSource(classes = {Main.class, FaceEngine.class})
    void everyModuleThatTheProgramUses_isInTheRuntime(Class<?> program, @TempDir Path folder) throws Exception {
        copyClasses(
                Path.of(program.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()),
                folder);
        StringWriter uses = new StringWriter();
        PrintWriter out = new PrintWriter(uses);
        ToolProvider.findFirst("jdeps").orElseThrow().run(out, out, "--ignore-missing-deps", "-s", folder.toString());

        assertThat(USED.matcher(uses.toString()).results().map(used -> used.group(1)))
                .contains("java.base")
                .isSubsetOf(matches(MODULES, "package.sh")
                        .flatMap(line -> Arrays.stream(line.group(1).split(",")))
                        .toList());
    }

    @Test
    void units_runTheProgramThatThePackageInstalls() throws IOException {
        for (String unit : List.of("systemd/rollcall.service", "systemd/rollcall-backup.service")) {
            assertThat(matches(EXECUTED, unit).map(line -> line.group(1))).containsExactly("/opt/rollcall/rollcall");
            assertThat(Files.readString(DEPLOY.resolve(unit)))
                    .contains("EnvironmentFile=/etc/rollcall/rollcall.env", "DATA_DIR=/var/lib/rollcall");
        }
        assertThat(Files.readString(DEPLOY.resolve("package.sh"))).contains("$root/opt/rollcall");
        assertThat(Files.readString(DEPLOY.resolve("deb/postinst")))
                .contains("settings=/etc/rollcall/rollcall.env", "DATA_DIR=/var/lib/rollcall");
    }

    /** Copies the classes of a folder or jar without their module descriptor, which names modules that jdeps would look for. */
    private static void copyClasses(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            copyTree(from, to);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(from)) {
            copyTree(jar.getPath("/"), to);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(PackageRecipeTest::isClass).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static boolean isClass(Path file) {
        return file.toString().endsWith(".class") && !file.endsWith("module-info.class");
    }

    private static Stream<MatchResult> matches(Pattern pattern, String file) throws IOException {
        return pattern.matcher(Files.readString(DEPLOY.resolve(file))).results();
    }
}
