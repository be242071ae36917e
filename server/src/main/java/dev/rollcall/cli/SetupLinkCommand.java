package dev.rollcall.cli;

import dev.rollcall.cli.RollcallCommand.Stores;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code rollcall setup-link}, which prints a link that opens the set-up in a browser. */
@Command(
        name = "setup-link",
        description = "Print a link that opens the set-up in a browser, once and within 30 minutes.",
        mixinStandardHelpOptions = true)
final class SetupLinkCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    private final Stores stores;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    SetupLinkCommand(Stores stores) {
        this.stores = stores;
    }

    @Override
    public Integer call() throws Exception {
        return stores.with(store -> {
            Optional<String> link = store.setupLink().get();
            if (link.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println("There is no valid key with the scope admin. Create one:"
                                + " rollcall keys create --name office --scope admin");
                spec.commandLine().getErr().flush();
                return FAILED;
            }
            spec.commandLine().getOut().println(link.get());
            spec.commandLine().getOut().flush();
            return 0;
        });
    }
}
