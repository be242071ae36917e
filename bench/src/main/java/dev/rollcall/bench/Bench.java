package dev.rollcall.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code bench} and its subcommands. */
@Command(
        name = "bench",
        description = "Measures the engine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AccuracyCommand.class,
            AgreementCommand.class,
            AttacksCommand.class,
            BystandersCommand.class,
            CalibrateCommand.class,
            ChallengesCommand.class,
            CoveringsCommand.class,
            EnrollCommand.class,
            EstimateCommand.class,
            FramesCommand.class,
            GalleryCommand.class,
            GroupsCommand.class,
            HostileCommand.class,
            HintsCommand.class,
            IdentifyCommand.class,
            ImagesCommand.class,
            LivenessCommand.class,
            LoadCommand.class,
            QualityCommand.class,
            ReportCommand.class,
            RivalCommand.class,
            ExportsCommand.class,
            SheetsCommand.class,
            OutboxCommand.class,
            SoakCommand.class,
            SpeedCommand.class,
            TemplatesCommand.class
        })
public final class Bench {

    Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }
}
