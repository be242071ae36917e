package dev.rollcall.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code rollcall} and its verbs. */
@Command(
        name = "rollcall",
        description = "Attendance by face recognition.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class RollcallCommand {

    private RollcallCommand() {}

    /**
     * The command line.
     *
     * @param service runs the service until it is stopped, and answers the exit code
     * @param schema the database's schema as one SQL script
     */
    public static CommandLine line(Callable<Integer> service, Supplier<String> schema) {
        return new CommandLine(new RollcallCommand())
                .addSubcommand(new ServeCommand(service))
                .addSubcommand(new DemoCommand())
                .addSubcommand(new SchemaCommand(schema));
    }

    @Command(name = "serve", description = "Start the service.", mixinStandardHelpOptions = true)
    private static final class ServeCommand implements Callable<Integer> {

        private final Callable<Integer> service;

        ServeCommand(Callable<Integer> service) {
            this.service = service;
        }

        @Override
        public Integer call() throws Exception {
            return service.call();
        }
    }
}
