package dev.rollcall.cli;

import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.Liveness.ModelScore;
import dev.rollcall.engine.ModelInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rollcall models}: loads the models, and tries them on the portraits or on pictures of one's own. */
@Command(
        name = "models",
        description = "List the models, check their files, and try them on the portraits. Exit code 1: a model can't be"
                + " loaded, or doesn't recognise the portraits.",
        mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    private final Engines engines;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FOLDER",
            arity = "0..1",
            description = "The folder of models; by default MODEL_DIR, or the built-in models.")
    private @Nullable Path folder;

    @Option(
            names = "--pictures",
            paramLabel = "FOLDER",
            description =
                    "Print the liveness scores of the pictures in this folder instead, such as those of the site's"
                            + " camera.")
    private @Nullable Path pictures;

    ModelsCommand(Engines engines) {
        this.engines = engines;
    }

    @Override
    public Integer call() throws Exception {
        Path own = existing(pictures);
        List<Path> files = own == null ? List.of() : picturesIn(own);
        return engines.with(Optional.ofNullable(existing(folder)), engine -> run(engine, own, files));
    }

    private List<Path> picturesIn(Path own) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(own)) {
            files = found.filter(
                            file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png|webp)"))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "there are no pictures in " + own);
        }
        return files;
    }

    private int run(FaceEngine engine, @Nullable Path own, List<Path> files) throws IOException {
        print("%-14s %-36s %-8s %s", "section", "file", "from", "SHA-256");
        for (ModelInfo model : engine.models()) {
            print(
                    "%-14s %-36s %-8s %s",
                    model.section(), model.file(), model.builtIn() ? "built-in" : "folder", model.sha256());
        }
        print("Each file has its hash, and the inputs and outputs that the manifest describes.%n");
        return own == null ? tryPortraits(engine) : printLiveness(engine, own, files);
    }

    private int tryPortraits(FaceEngine engine) throws IOException {
        List<ModelTrial.Portrait> portraits = ModelTrial.ofPortraits(engine);
        print("%-12s %5s %6s %7s  %s", "portrait", "norm", "itself", "others", "liveness");
        for (ModelTrial.Portrait portrait : portraits) {
            print(
                    "%-12s %5.2f %6.2f %7.2f  %s",
                    portrait.name(), portrait.norm(), portrait.itself(), portrait.others(), text(portrait.liveness()));
        }
        List<String> confused = portraits.stream()
                .filter(portrait -> !portrait.recognised())
                .map(ModelTrial.Portrait::name)
                .toList();
        if (!confused.isEmpty()) {
            print("%nNot recognised: %s.", String.join(", ", confused));
            return FAILED;
        }
        print("%nEach portrait is more similar to another picture of itself than to any other portrait.");
        return 0;
    }

    private int printLiveness(FaceEngine engine, Path own, List<Path> files) throws IOException {
        for (Path file : files) {
            print(
                    "%s  %s",
                    own.relativize(file),
                    ModelTrial.liveness(engine, Files.readAllBytes(file))
                            .map(ModelsCommand::text)
                            .orElse("no face"));
        }
        return 0;
    }

    private static String text(ModelTrial.Scores liveness) {
        String combined = String.format(Locale.ROOT, "%.3f", liveness.combined());
        return liveness.models().size() < 2
                ? combined
                : combined
                        + liveness.models().stream()
                                .map(ModelsCommand::text)
                                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String text(ModelScore score) {
        return String.format(Locale.ROOT, "%s %.3f", score.model(), score.score());
    }

    private @Nullable Path existing(@Nullable Path named) {
        if (named == null) {
            return null;
        }
        Path where = CalledFrom.resolve(named);
        if (!Files.isDirectory(where)) {
            throw new ParameterException(spec.commandLine(), "there is no folder " + where);
        }
        return where;
    }

    private void print(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
