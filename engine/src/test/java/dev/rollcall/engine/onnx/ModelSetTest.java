package dev.rollcall.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.EngineException;
import dev.rollcall.engine.EngineOptions;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.Liveness.ModelScore;
import dev.rollcall.engine.ModelInfo;
import dev.rollcall.engine.Portraits;
import dev.rollcall.engine.RuntimeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSetTest {

    @TempDir
    private Path folder;

    @Test
    void ownEmbedder_replacesTheBuiltInOneAndHasAnotherId() throws IOException {
        put("face-embedder.onnx", "site.onnx");
        write(section("embedder", Map.of("file", "site.onnx", "calibration_slope", "9")));

        try (FaceEngine engine = open()) {
            assertThat(engine.modelId()).startsWith("site@87aacdfe5751");
            assertThat(engine.calibration().slope()).isEqualTo(9);
            assertThat(engine.analyze(Portraits.png("manuel"), AnalysisRules.recognition()))
                    .isInstanceOf(Analysis.Accepted.class);
        }
    }

    @Test
    void allFourModels_canBeReplaced() throws IOException {
        StringBuilder manifest = new StringBuilder();
        for (String name : new String[] {"detector", "landmarks", "embedder", "liveness"}) {
            put("face-" + name + ".onnx", "own-" + name + ".onnx");
            manifest.append(section(name, Map.of("file", "own-" + name + ".onnx")));
        }
        write(manifest.toString());

        try (FaceEngine engine = open()) {
            assertThat(engine.analyze(Portraits.png("manuel"), AnalysisRules.enrollment()))
                    .isInstanceOf(Analysis.Accepted.class);
        }
    }

    @Test
    void furtherLivenessModels_countByTheirWeight() throws IOException {
        put("face-liveness.onnx", "second.onnx");
        write(section("liveness", Map.of("file", "second.onnx", "live_class", "1", "weight", "0.25"))
                .replace("liveness.", "liveness-second."));

        try (FaceEngine engine = open()) {
            Analysis.Accepted accepted =
                    (Analysis.Accepted) engine.analyze(Portraits.png("manuel"), AnalysisRules.recognition());
            Liveness liveness = Objects.requireNonNull(accepted.face().liveness());
            assertThat(liveness.models()).extracting(ModelScore::model).containsExactly("liveness", "liveness-second");
            double first = liveness.models().get(0).score();
            double second = liveness.models().get(1).score();
            assertThat(first).isGreaterThan(0.9);
            assertThat(second).isLessThan(0.1);
            assertThat(liveness.score()).isCloseTo((first + 0.25 * second) / 1.25, within(1e-9));
            assertThat(engine.models())
                    .extracting(ModelInfo::section, ModelInfo::builtIn)
                    .contains(tuple("liveness", true), tuple("liveness-second", false));
        }
    }

    @Test
    void moreThanFiveLivenessModels_areRefused() throws IOException {
        put("face-liveness.onnx", "more.onnx");
        StringBuilder manifest = new StringBuilder();
        for (int i = 1; i <= 5; i++) {
            manifest.append(
                    section("liveness", Map.of("file", "more.onnx")).replace("liveness.", "liveness-" + i + "."));
        }
        write(manifest.toString());

        refused("more than 5 models for liveness");
    }

    @Test
    void furtherLivenessModel_needsAllEntries() throws IOException {
        write(section("liveness", Map.of("file", "second.onnx"))
                .replace("liveness.weight", "liveness.wait")
                .replace("liveness.", "liveness-second."));

        refused("liveness-second lacks [weight]", "unknown [wait]");
    }

    @Test
    void folderWithoutManifest_isRefused() {
        refused("models.properties");
    }

    @Test
    void missingFile_isRefusedByName() throws IOException {
        write(section("embedder", Map.of("file", "site.onnx")));

        refused("site.onnx is missing");
    }

    @Test
    void damagedFile_isRefusedByNameAndHash() throws IOException {
        Files.write(folder.resolve("site.onnx"), new byte[] {1, 2, 3});
        write(section("embedder", Map.of("file", "site.onnx")));

        refused("site.onnx", "SHA-256", "87aacdfe");
    }

    @Test
    void fileThatIsNotAModel_isRefusedByName() throws IOException {
        Files.write(folder.resolve("site.onnx"), new byte[] {1, 2, 3});
        write(section(
                "embedder",
                Map.of(
                        "file",
                        "site.onnx",
                        "sha256",
                        "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81")));

        refused("site.onnx", "can't be loaded");
    }

    @Test
    void modelOfAnotherShape_isRefusedByName() throws IOException {
        put("face-landmarks.onnx", "site.onnx");
        write(section("landmarks", Map.of("file", "site.onnx", "side", "96")));

        refused("site.onnx", "input", "96");
    }

    @ParameterizedTest
    @CsvSource({
        "mean, many, a number",
        "mean, 300, between",
        "channels, CMYK, one of",
        "file, ../face-embedder.onnx, the name of an .onnx file",
        "sha256, 12, 64 hexadecimal digits",
        "calibration_slope, -1, between"
    })
    void wrongEntry_isRefusedByName(String key, String value, String expected) throws IOException {
        put("face-embedder.onnx", "site.onnx");
        Map<String, String> changes = new TreeMap<>(Map.of("file", "site.onnx"));
        changes.put(key, value);
        write(section("embedder", changes));

        refused("embedder." + key, expected, value);
    }

    @Test
    void missingAndUnknownEntries_areRefusedByName() throws IOException {
        put("face-embedder.onnx", "site.onnx");
        write(section("embedder", Map.of("file", "site.onnx")).replace("embedder.mean", "embedder.men"));

        refused("lacks [mean]", "unknown [men]");
    }

    @Test
    void unknownSection_isRefusedByName() throws IOException {
        write("embeder.file = x.onnx\n");
        refused("embeder.file", "embedder");

        write("liveness-No.file = x.onnx\n");
        refused("liveness-No.file", "liveness-NAME");
    }

    private void refused(String... parts) {
        assertThatThrownBy(this::open).isInstanceOf(EngineException.class).hasMessageContainingAll(parts);
    }

    private FaceEngine open() {
        return new FaceEngine(
                new EngineOptions(25, EngineOptions.DEFAULT_PICTURE_BYTES, true, RuntimeOptions.automatic(), folder));
    }

    private void put(String builtIn, String name) throws IOException {
        try (InputStream in = ModelSet.class.getResourceAsStream(builtIn)) {
            Files.copy(in, folder.resolve(name));
        }
    }

    private void write(String manifest) throws IOException {
        Files.writeString(folder.resolve(ModelSet.MANIFEST), manifest);
    }

    /** A section of the built-in manifest with changed entries. */
    private static String section(String name, Map<String, String> changes) throws IOException {
        Properties all = new Properties();
        try (InputStream in = ModelSet.class.getResourceAsStream(ModelSet.MANIFEST)) {
            all.load(in);
        }
        return all.stringPropertyNames().stream()
                .filter(key -> key.startsWith(name + "."))
                .map(key -> key + " = " + changes.getOrDefault(key.substring(name.length() + 1), all.getProperty(key))
                        + "\n")
                .collect(Collectors.joining());
    }
}
