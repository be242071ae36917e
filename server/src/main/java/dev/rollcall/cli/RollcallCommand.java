package dev.rollcall.cli;

import dev.rollcall.archive.ArchiveStore;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.keys.ApiKeys;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.receipts.ReceiptStore;
import dev.rollcall.webhooks.WebhookStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code rollcall} and its subcommands. */
@Command(
        name = "rollcall",
        description = "Attendance by face recognition.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND")
public final class RollcallCommand {

    private final SettingOptions options;

    private RollcallCommand(SettingOptions options) {
        this.options = options;
    }

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            scope = ScopeType.INHERIT,
            description = "The folder of the embedded database, instead of DATA_DIR.")
    void setDataDir(@Nullable Path folder) {
        if (folder != null) {
            options.set("DATA_DIR", CalledFrom.resolve(folder).toString());
        }
    }

    /**
     * The command line.
     *
     * @param options receives the options that stand for settings
     * @param service the service of this process
     * @param settings the settings of this process
     * @param schema the database's schema as one SQL script
     * @param stores opens the store that the settings choose
     * @param enrollments opens the engine and the store that the settings choose
     * @param engines opens an engine alone
     * @param doctor examines what the service needs
     */
    public static CommandLine line(
            SettingOptions options,
            ServeCommand.Service service,
            Supplier<ConfigCommand.Printed> settings,
            Supplier<String> schema,
            Stores stores,
            Enrollments enrollments,
            Engines engines,
            DoctorCommand.Doctor doctor) {
        CommandLine line = new CommandLine(new RollcallCommand(options))
                .addSubcommand(new ServeCommand(service))
                .addSubcommand(new DemoCommand())
                .addSubcommand(new ConfigCommand(settings))
                .addSubcommand(new PrintCommand.SchemaCommand(schema))
                .addSubcommand(new PrintCommand.SbomCommand())
                .addSubcommand(new EnrollDirCommand(enrollments))
                .addSubcommand(new ArchiveCommand.ExportCommand(stores))
                .addSubcommand(new ArchiveCommand.ImportCommand(stores))
                .addSubcommand(new BackupCommand(stores))
                .addSubcommand(new DoctorCommand(doctor))
                .addSubcommand(new ModelsCommand(engines))
                .addSubcommand(KeysCommand.line(stores))
                .addSubcommand(new SetupLinkCommand(stores))
                .addSubcommand(AuditCommand.line(stores))
                .addSubcommand(new ExportPersonCommand(stores))
                .addSubcommand(new ErasePersonCommand(stores))
                .addSubcommand(new ReencryptCommand(stores))
                .addSubcommand(new VerifyReceiptCommand())
                .addSubcommand("completion", new GenerateCompletion())
                .addSubcommand("help", new HelpCommand());
        tellVersion(line);
        return line;
    }

    private static void tellVersion(CommandLine line) {
        for (CommandLine command : line.getSubcommands().values()) {
            command.getCommandSpec().versionProvider(new ProgramVersion());
            tellVersion(command);
        }
    }

    /** Options of the command line that stand for settings. */
    public interface SettingOptions {

        /** Gives a setting of this process its text. */
        void set(String name, String text);
    }

    /** The store that the settings choose, opened for one command. */
    public interface Stores {

        /** Does work on the store and closes it; returns the exit code. */
        int with(Work work) throws Exception;
    }

    /** Work on a store; returns the exit code. */
    public interface Work {
        int on(Opened store) throws Exception;
    }

    /**
     * An open store.
     *
     * @param setupLink creates a link that opens the set-up, and returns its address; empty if there is no key of scope admin
     * @param people opens the store of people, which needs the key of encrypted templates
     * @param webhooks with secrets that are stored under the key of encrypted templates, as those of {@code receipts}
     * @param keptMarks what happens to an erased person's marks
     * @param backupFolder where backups are, unless the command line says otherwise
     */
    public record Opened(
            ArchiveStore archive,
            ApiKeys keys,
            Supplier<Optional<String>> setupLink,
            AuditStore audit,
            Supplier<PeopleStore> people,
            WebhookStore webhooks,
            ReceiptStore receipts,
            KeptMarks keptMarks,
            Path backupFolder) {}
}
