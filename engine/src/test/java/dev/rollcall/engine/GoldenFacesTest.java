package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine against reference outputs of an independent implementation, within the tolerances written there. */
class GoldenFacesTest {

    private static final float BOX_OVERLAP = 0.8f;
    private static final float POINT_OFFSET = 0.04f;
    private static final double EMBEDDING_COSINE = 0.98;

    private static FaceEngine engine;
    private static JsonNode golden;

    @BeforeAll
    static void open() throws IOException {
        engine = new FaceEngine();
        try (InputStream in = GoldenFacesTest.class.getResourceAsStream("/golden/faces.json")) {
            golden = new ObjectMapper().readTree(in).get("images");
        }
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    static Stream<String> portraits() {
        return Portraits.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("portraits")
    void portrait_agreesWithReference(String name) {
        JsonNode reference = golden.get(name + ".png");
        Face face = ((Analysis.Accepted) engine.analyze(Portraits.png(name), AnalysisRules.none())).face();

        float[] box = floats(reference.get("box"));
        assertThat(face.detection().box().overlap(new Box(box[0], box[1], box[2], box[3])))
                .as("overlap of the boxes")
                .isGreaterThanOrEqualTo(BOX_OVERLAP);
        float tolerance = POINT_OFFSET * (box[3] - box[1]);
        List<Point> points = face.landmarks().points();
        for (int i = 0; i < points.size(); i++) {
            float[] expected = floats(reference.get("five_points").get(i));
            assertThat(Math.hypot(points.get(i).x() - expected[0], points.get(i).y() - expected[1]))
                    .as("distance of point %d", i)
                    .isLessThanOrEqualTo(tolerance);
        }
        assertThat(face.embedding().similarity(Embedding.normalized(floats(reference.get("embedding")))))
                .as("cosine of the embeddings")
                .isGreaterThanOrEqualTo(EMBEDDING_COSINE);
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }
}
