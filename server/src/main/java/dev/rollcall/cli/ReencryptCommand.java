package dev.rollcall.cli;

import dev.rollcall.cli.RollcallCommand.Stores;
import dev.rollcall.keys.Caller;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code rollcall reencrypt}, which encrypts every template under the current key. */
@Command(
        name = "reencrypt",
        description =
                "Encrypt every template under TEMPLATE_KEY: those under OLD_TEMPLATE_KEY, and unencrypted ones. Without"
                        + " TEMPLATE_KEY they are decrypted.",
        mixinStandardHelpOptions = true)
final class ReencryptCommand implements Callable<Integer> {

    private final Stores stores;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    ReencryptCommand(Stores stores) {
        this.stores = stores;
    }

    @Override
    public Integer call() throws Exception {
        return stores.with(store -> {
            long changed = store.people().get().reseal(Instant.now(), Caller.COMMAND_LINE);
            PrintWriter out = spec.commandLine().getOut();
            out.println(changed + " templates were re-encrypted.");
            out.flush();
            return 0;
        });
    }
}
