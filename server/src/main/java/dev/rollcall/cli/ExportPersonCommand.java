package dev.rollcall.cli;

import dev.rollcall.cli.RollcallCommand.Stores;
import dev.rollcall.files.PrivateFile;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.UserId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rollcall export-person}: what is stored about one person, for that person. */
@Command(
        name = "export-person",
        description =
                "Write what is stored about a person into a file: the person, templates, marks, corrections, events,"
                        + " kept answers, audit entries.",
        mixinStandardHelpOptions = true)
final class ExportPersonCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    private final Stores stores;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "USER_ID", description = "The person's user_id.")
    private String userId = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The file, JSON; must not be there yet.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    ExportPersonCommand(Stores stores) {
        this.stores = stores;
    }

    @Override
    public Integer call() throws Exception {
        UserId whose = UserIds.existing(userId, spec);
        return stores.with(store -> {
            Optional<String> held = store.people().get().export(whose, Instant.now(), Caller.COMMAND_LINE);
            return held.isPresent() ? write(held.get()) : report("Nothing is stored about " + whose + ".", FAILED);
        });
    }

    private int write(String json) {
        Path target = CalledFrom.resolve(file);
        try (OutputStream out = Channels.newOutputStream(PrivateFile.create(target))) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        } catch (FileAlreadyExistsException e) {
            return report("rollcall: " + target + " is there already", FAILED);
        } catch (IOException e) {
            return report("rollcall: " + target + " can't be written: " + e, FAILED);
        }
        return report("The export of " + userId + " is in " + target + ".", 0);
    }

    private int report(String line, int exitCode) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
        return exitCode;
    }
}
