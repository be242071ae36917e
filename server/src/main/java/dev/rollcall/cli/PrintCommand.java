package dev.rollcall.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands {@code rollcall schema} and {@code rollcall sbom}, which print a text that is part of the program. */
abstract class PrintCommand implements Callable<Integer> {

    private final Supplier<Optional<String>> text;
    private final String missing;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /**
     * Makes a command.
     *
     * @param text empty if this build of the program has none
     * @param missing the sentence that says so
     */
    PrintCommand(Supplier<Optional<String>> text, String missing) {
        this.text = text;
        this.missing = missing;
    }

    @Override
    public Integer call() {
        Optional<String> found = text.get();
        if (found.isEmpty()) {
            spec.commandLine().getErr().println("rollcall: " + missing);
            spec.commandLine().getErr().flush();
            return 1;
        }
        spec.commandLine().getOut().print(found.get());
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(
            name = "schema",
            description = "Print the SQL that sets a database up, for Supabase's SQL editor.",
            mixinStandardHelpOptions = true)
    static final class SchemaCommand extends PrintCommand {

        SchemaCommand(Supplier<String> script) {
            super(() -> Optional.of(script.get()), "");
        }
    }

    @Command(
            name = "sbom",
            description =
                    "Print the bill of materials (CycloneDX, JSON): every library in the program with its version.",
            mixinStandardHelpOptions = true)
    static final class SbomCommand extends PrintCommand {

        SbomCommand() {
            this("/META-INF/sbom/rollcall.cdx.json");
        }

        SbomCommand(String resource) {
            super(
                    () -> read(resource),
                    "this build has no bill of materials. The packages have one, and 'mvn package -DskipTests' makes one.");
        }

        private static Optional<String> read(String resource) {
            try (InputStream in = SbomCommand.class.getResourceAsStream(resource)) {
                return in == null
                        ? Optional.empty()
                        : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
