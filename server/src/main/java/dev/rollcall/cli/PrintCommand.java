package dev.rollcall.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands {@code rollcall schema} and {@code rollcall sbom}, which print a text that is part of the program. */
abstract class PrintCommand implements Callable<Integer> {

    private final Supplier<String> text;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    PrintCommand(Supplier<String> text) {
        this.text = text;
    }

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(text.get());
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(
            name = "schema",
            description = "Print the SQL that sets a database up, for Supabase's SQL editor.",
            mixinStandardHelpOptions = true)
    static final class SchemaCommand extends PrintCommand {

        SchemaCommand(Supplier<String> script) {
            super(script);
        }
    }

    @Command(
            name = "sbom",
            description =
                    "Print the bill of materials (CycloneDX, JSON): every library in the program with its version.",
            mixinStandardHelpOptions = true)
    static final class SbomCommand extends PrintCommand {

        private static final String RESOURCE = "/META-INF/sbom/rollcall.cdx.json";

        SbomCommand() {
            super(SbomCommand::read);
        }

        private static String read() {
            try (InputStream in = SbomCommand.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the program was built without its bill of materials");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
