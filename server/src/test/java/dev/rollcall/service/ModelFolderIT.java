package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.FaceEngine;
import dev.rollcall.service.RunningService.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service with models of the operator's own. */
class ModelFolderIT {

    private static final String BUILT_IN = "/dev/rollcall/engine/onnx/";

    @TempDir
    private Path folder;

    @Test
    void templatesOfAnotherModel_areNeverComparedWith() throws Exception {
        try (RunningService service = RunningService.start(folder)) {
            assertThat(service.enroll("manuel", Pictures.portrait("manuel")).status())
                    .isEqualTo(201);
        }
        Path models = ownEmbedder("site-embedder.onnx");

        try (RunningService service =
                RunningService.start(folder, Map.of("API_KEY", RunningService.KEY, "MODEL_DIR", models.toString()))) {
            assertThat(service.get("/health").body().at("/engine/model").asText())
                    .startsWith("site-embedder@");
            Answer answer = service.recognize("manuel", Pictures.portrait("manuel"));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("NOT_ENROLLED");
            assertThat(service.enroll("manuel", Pictures.portrait("manuel")).status())
                    .isEqualTo(201);
            assertThat(service.recognize("manuel", Pictures.portrait("manuel")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void brokenFolder_stopsTheStartAndSaysWhy() throws Exception {
        Path models = ownEmbedder("site-embedder.onnx");
        Files.write(models.resolve("site-embedder.onnx"), new byte[] {1, 2, 3});

        assertThat(failureOfStart(models)).contains("site-embedder.onnx").contains("SHA-256");
    }

    @Test
    void folderWithoutManifest_stopsTheStartAndSaysWhy() throws Exception {
        assertThat(failureOfStart(Files.createDirectory(folder.resolve("empty"))))
                .contains("models.properties");
    }

    private String failureOfStart(Path models) throws IOException, InterruptedException {
        Path log = folder.resolve("failed.log");
        Process process = RunningService.launch(
                folder, log, Map.of("API_KEY", RunningService.KEY, "PORT", "0", "MODEL_DIR", models.toString()));
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        return Files.readString(log);
    }

    /** A folder whose embedder is the built-in one under another name, hence with another id. */
    private Path ownEmbedder(String name) throws IOException {
        Path models = Files.createDirectory(folder.resolve("models"));
        Properties builtIn = new Properties();
        try (InputStream manifest = resource("models.properties");
                InputStream embedder = resource("face-embedder.onnx")) {
            builtIn.load(manifest);
            Files.copy(embedder, models.resolve(name));
        }
        StringBuilder own = new StringBuilder();
        builtIn.forEach((key, value) -> {
            if (key.toString().startsWith("embedder.")) {
                own.append(key)
                        .append('=')
                        .append(key.equals("embedder.file") ? name : value)
                        .append('\n');
            }
        });
        Files.writeString(models.resolve("models.properties"), own);
        return models;
    }

    private static InputStream resource(String name) {
        InputStream in = FaceEngine.class.getResourceAsStream(BUILT_IN + name);
        assertThat(in).isNotNull();
        return in;
    }
}
