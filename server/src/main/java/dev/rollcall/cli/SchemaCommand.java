package dev.rollcall.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rollcall schema}: prints the database's schema as one SQL script. */
@Command(
        name = "schema",
        description = "Print the SQL that sets a database up, for Supabase's SQL editor.",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

    private final Supplier<String> script;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    SchemaCommand(Supplier<String> script) {
        this.script = script;
    }

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(script.get());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
