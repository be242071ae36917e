package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.AnalysisRules.OtherFaces;
import dev.rollcall.engine.Rejection.Reason;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pictures with two portraits: one large in the middle, one at the side. */
class BystandersTest {

    private static final AnalysisRules ONE_PERSON = AnalysisRules.recognition();
    private static final AnalysisRules SUBJECT = ONE_PERSON.withOtherFaces(OtherFaces.BYSTANDERS);

    private static FaceEngine engine;
    private static Face geronimo;
    private static Face manuel;

    @BeforeAll
    static void open() {
        engine = new FaceEngine();
        geronimo = face("geronimo");
        manuel = face("manuel");
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void clearSubject_isAcceptedWithTheBystandersEmbedding() throws IOException {
        byte[] picture = picture(0.8);

        Analysis.Accepted seen = (Analysis.Accepted) engine.analyze(picture, SUBJECT);

        assertThat(confidence(seen.face().embedding(), geronimo)).isGreaterThan(0.95);
        assertThat(seen.bystanders()).singleElement().satisfies(other -> assertThat(confidence(other, manuel))
                .isGreaterThan(0.95));
        assertThat(((Analysis.Rejected) engine.analyze(picture, ONE_PERSON))
                        .rejection()
                        .reason())
                .isEqualTo(Reason.MULTIPLE_FACES);
    }

    @Test
    void hint_isAboutTheSubjectByTheSameRule() throws IOException {
        byte[] picture = picture(0.8);

        FrameVerdict.Judged ready = (FrameVerdict.Judged) engine.judge(picture, new FrameRules(SUBJECT, 0));
        FrameVerdict.Judged strict = (FrameVerdict.Judged) engine.judge(picture, new FrameRules(ONE_PERSON, 0));

        assertThat(ready.ready()).isTrue();
        assertThat(strict.ready()).isFalse();
        assertThat(strict.advice()).extracting(Rejection::reason).isEqualTo(Reason.MULTIPLE_FACES);
    }

    @Test
    void secondFaceAsLarge_isRefused() throws IOException {
        assertThat(((Analysis.Rejected) engine.analyze(picture(1.2), SUBJECT))
                        .rejection()
                        .reason())
                .isEqualTo(Reason.MULTIPLE_FACES);
    }

    @Test
    void loneFace_hasNoBystanders() {
        assertThat(((Analysis.Accepted) engine.analyze(Portraits.png("manuel"), SUBJECT)).bystanders())
                .isEmpty();
    }

    private static double confidence(Embedding embedding, Face face) {
        return engine.calibration().confidence(embedding.similarity(face.embedding()));
    }

    private static Face face(String name) {
        return ((Analysis.Accepted) engine.analyze(Portraits.png(name), ONE_PERSON)).face();
    }

    /** Geronimo's face 240 pixels high in the middle of 1200×600, and manuel's at the left, so many times as high. */
    private static byte[] picture(double size) throws IOException {
        BufferedImage picture = new BufferedImage(1200, 600, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        draw(graphics, "manuel", manuel.detection().box(), 200, 240 * size);
        draw(graphics, "geronimo", geronimo.detection().box(), 650, 240);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }

    private static void draw(Graphics2D graphics, String name, Box face, int middleX, double height)
            throws IOException {
        BufferedImage portrait = ImageIO.read(new ByteArrayInputStream(Portraits.png(name)));
        double scale = height / face.height();
        int around = (int) Math.ceil(0.35 * face.height());
        int left = Math.max(0, (int) face.left() - around);
        int top = Math.max(0, (int) face.top() - around);
        BufferedImage head = portrait.getSubimage(
                left,
                top,
                Math.min(portrait.getWidth() - left, (int) face.width() + 2 * around),
                Math.min(portrait.getHeight() - top, (int) face.height() + 2 * around));
        int x = (int) Math.round(middleX - scale * (face.centerX() - left));
        int y = (int) Math.round(300 - scale * (face.centerY() - top));
        graphics.drawImage(
                head,
                x,
                y,
                (int) Math.round(scale * head.getWidth()),
                (int) Math.round(scale * head.getHeight()),
                null);
    }
}
