package dev.rollcall.cli;

import dev.rollcall.cli.RollcallCommand.Stores;
import dev.rollcall.keys.By;
import dev.rollcall.keys.Caller;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code rollcall reencrypt}, which encrypts every template, and every secret that is stored as these are, under the current key. */
@Command(
        name = "reencrypt",
        description =
                "Encrypt every template, the secrets of webhooks and the key of receipts under TEMPLATE_KEY: those under"
                        + " OLD_TEMPLATE_KEY, and unencrypted ones. Without TEMPLATE_KEY they are decrypted.",
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
            By by = new By(Instant.now(), Caller.COMMAND_LINE);
            long templates = store.people().get().reseal(by.at(), by.caller());
            long secrets = store.webhooks().reseal(by) + store.receipts().reseal(by);
            PrintWriter out = spec.commandLine().getOut();
            out.println(templates + " templates and " + secrets + " secrets were re-encrypted.");
            out.flush();
            return 0;
        });
    }
}
