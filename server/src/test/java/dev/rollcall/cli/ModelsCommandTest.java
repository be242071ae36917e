package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.EngineOptions;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.RuntimeOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelsCommandTest {

    @TempDir
    private Path folder;

    private String printed = "";

    @Test
    void builtInModels_areListedAndRecogniseThePortraits() {
        assertThat(run()).isZero();

        assertThat(printed)
                .containsPattern("embedder +face-embedder.onnx +built-in 87aacdfe57510db2af90c0251df680e8eec88f122")
                .containsPattern("geronimo +[34]\\.\\d\\d +0\\.9\\d")
                .contains("Each portrait is more similar to another picture of itself");
    }

    @Test
    void ownPictures_areListedWithTheirLiveness() throws IOException {
        Files.write(folder.resolve("one.png"), DemoPictures.portrait("manuel"));
        Files.write(folder.resolve("nothing.jpg"), DemoPictures.withoutFace());

        assertThat(run("--pictures", folder.toString())).isZero();

        assertThat(printed).contains("one.png  1.000").contains("nothing.jpg  no face");
    }

    @Test
    void missingFolder_isRefused() {
        assertThat(run(folder.resolve("missing").toString())).isEqualTo(2);

        assertThat(printed).contains("there is no folder");
    }

    @Test
    void folderWithoutPictures_isRefused() {
        assertThat(run("--pictures", folder.toString())).isEqualTo(2);

        assertThat(printed).contains("there are no pictures in");
    }

    private int run(String... arguments) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int code = new CommandLine(new ModelsCommand(ModelsCommandTest::open))
                .setOut(writer)
                .setErr(writer)
                .execute(arguments);
        printed = out.toString();
        return code;
    }

    private static int open(Optional<Path> models, Engines.Work work) throws Exception {
        try (FaceEngine engine = new FaceEngine(new EngineOptions(
                25, EngineOptions.DEFAULT_PICTURE_BYTES, true, RuntimeOptions.automatic(), models.orElse(null)))) {
            return work.on(engine);
        }
    }
}
