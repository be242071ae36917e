package dev.rollcall.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code rollcall config}, which prints the settings. */
@Command(
        name = "config",
        description = "Print each setting, its value and where it comes from. Secrets are not shown. Exit code 78: a"
                + " setting is invalid.",
        mixinStandardHelpOptions = true)
public final class ConfigCommand implements Callable<Integer> {

    private static final String HIDDEN = "(set, not shown)";
    private static final String NONE = "-";

    private final Supplier<Printed> settings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--changed", description = "Only the settings that were set.")
    private boolean changed;

    ConfigCommand(Supplier<Printed> settings) {
        this.settings = settings;
    }

    /**
     * The settings and what is wrong with them.
     *
     * @param lines in the order of their names; an invalid one has its default
     * @param problems one sentence for each invalid setting
     * @param exitCode 0, or the one for invalid settings
     */
    public record Printed(List<Line> lines, List<String> problems, int exitCode) {

        public Printed {
            lines = List.copyOf(lines);
            problems = List.copyOf(problems);
        }
    }

    /**
     * One setting.
     *
     * @param value null if it has none, or is a secret
     * @param source where its value comes from, in words; null for the default
     * @param isSecret whether its value is not shown
     */
    public record Line(
            String name, @Nullable String value, @Nullable String source, boolean isSecret) {

        private String shown() {
            if (isSecret && source != null) {
                return HIDDEN;
            }
            return value == null ? NONE : value;
        }
    }

    @Override
    public Integer call() {
        Printed printed = settings.get();
        PrintWriter out = spec.commandLine().getOut();
        List<Line> lines = printed.lines().stream()
                .filter(line -> line.source() != null || !changed)
                .toList();
        for (Line line : lines) {
            out.printf(
                    "%-29s %-32s %s%n", line.name(), line.shown(), line.source() == null ? "default" : line.source());
        }
        if (lines.isEmpty()) {
            out.println("No setting was set: each has its default.");
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        printed.problems().forEach(problem -> err.println("rollcall: " + problem));
        err.flush();
        return printed.exitCode();
    }
}
