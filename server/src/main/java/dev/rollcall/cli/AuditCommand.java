package dev.rollcall.cli;

import dev.rollcall.audit.AuditChains.Chain;
import dev.rollcall.audit.AuditChains.Position;
import dev.rollcall.audit.AuditVerification;
import dev.rollcall.cli.RollcallCommand.Stores;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code rollcall audit}, which verifies the audit log. */
@Command(
        name = "audit",
        description = "Verify the audit log.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class AuditCommand {

    private AuditCommand() {}

    static CommandLine line(Stores stores) {
        return new CommandLine(new AuditCommand()).addSubcommand(new Verify(stores));
    }

    @Command(
            name = "verify",
            description = "Recompute the hashes of all entries; fails if one was changed, removed or inserted.",
            mixinStandardHelpOptions = true)
    private static final class Verify implements Callable<Integer> {

        private static final int BROKEN = 1;

        private final Stores stores;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Option(
                names = "--expect",
                paramLabel = "NUMBER:HASH",
                description = "A position noted before, by this command or in the service's log; may be repeated.")
        private List<String> noted = List.of();

        Verify(Stores stores) {
            this.stores = stores;
        }

        @Override
        public Integer call() throws Exception {
            List<Position> positions = new ArrayList<>();
            for (String position : noted) {
                if (!position.matches("\\d{1,18}:[0-9a-f]{64}")) {
                    throw new ParameterException(
                            spec.commandLine(), "--expect must be a number, a colon and 64 hexadecimal digits");
                }
                int colon = position.indexOf(':');
                positions.add(
                        new Position(Long.parseLong(position.substring(0, colon)), position.substring(colon + 1)));
            }
            return stores.with(store -> print(AuditVerification.of(store.audit(), positions)));
        }

        private int print(AuditVerification.Report report) {
            PrintWriter out = spec.commandLine().getOut();
            for (Chain chain : report.chains()) {
                out.printf(
                        "chain %s%s: entries %d to %d, the last is %d:%s%n",
                        chain.name(),
                        chain.own() ? "" : " (imported)",
                        chain.anchor().number() + 1,
                        chain.head().number(),
                        chain.head().number(),
                        chain.head().hash());
            }
            report.problems().forEach(problem -> out.println("BROKEN: " + problem));
            out.println(
                    report.problems().isEmpty()
                            ? "The audit log is intact: " + report.entries() + " entries."
                            : "The audit log is not as it was written.");
            out.flush();
            return report.problems().isEmpty() ? 0 : BROKEN;
        }
    }
}
