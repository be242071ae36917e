package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.FrameVerdict.Judged;
import dev.rollcall.engine.Rejection.Reason;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Frames of one portrait, 512×512 with a face of some 110 pixels. */
class FrameJudgementTest {

    private static final AnalysisRules RULES = AnalysisRules.recognition();
    private static final FrameRules AS_IT_IS = new FrameRules(RULES, 0);

    private static FaceEngine engine;
    private static BufferedImage portrait;

    @BeforeAll
    static void open() throws IOException {
        engine = new FaceEngine();
        portrait = ImageIO.read(new ByteArrayInputStream(Portraits.png("astronaut")));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void goodFace_isReadyWhereTheAnalysisFindsIt() throws IOException {
        Judged frame = judged(portrait, AS_IT_IS);
        Analysis.Accepted full = (Analysis.Accepted) engine.analyze(png(portrait), RULES);

        assertThat(frame.ready()).isTrue();
        assertThat(frame.advice()).isNull();
        assertThat(frame.width()).isEqualTo(512);
        assertThat(frame.height()).isEqualTo(512);
        assertThat(frame.face()).isEqualTo(full.face().detection());
    }

    @Test
    void faceThatIsTooSmallInTheFrame_isReadyIfItIsNotInTheFullPicture() throws IOException {
        BufferedImage small = scaled(150);

        assertThat(reason(judged(small, AS_IT_IS))).isEqualTo("FACE_TOO_SMALL");
        assertThat(judged(small, new FrameRules(RULES, 512)).ready()).isTrue();
    }

    @Test
    void veryWidePictures_areJudgedAsTheyAreDecoded() throws IOException {
        AnalysisRules large = new AnalysisRules(
                RULES.quality(), 250, true, AnalysisRules.LivenessMode.OFF, RULES.livenessThreshold());

        assertThat(judged(scaled(256), new FrameRules(large, 1440)).ready())
                .as("more than 2.09 million pixels are decoded at half the size")
                .isTrue();
        assertThat(reason(judged(scaled(256), new FrameRules(large, 1500)))).isEqualTo("FACE_TOO_SMALL");
    }

    @Test
    void darkFrame_saysWhatAnAnalysisSays() throws IOException {
        BufferedImage dark = new RescaleOp(0.08f, 0, null).filter(portrait, null);
        Analysis.Rejected full = (Analysis.Rejected) engine.analyze(png(dark), RULES);
        Judged frame = judged(dark, AS_IT_IS);

        assertThat(frame.ready()).isFalse();
        assertThat(frame.advice()).isEqualTo(full.rejection());
    }

    @Test
    void frameWithoutFace_isNotReadyAndHasNoBox() throws IOException {
        Judged frame = judged(new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR), AS_IT_IS);

        assertThat(frame.ready()).isFalse();
        assertThat(frame.face()).isNull();
        assertThat(frame.advice()).extracting(Rejection::reason).isEqualTo(Reason.NO_FACE);
    }

    @Test
    void frameOfMoreThanAMegapixel_isRefused() throws IOException {
        FrameVerdict verdict = engine.judge(png(scaled(1001)), AS_IT_IS);

        assertThat(((FrameVerdict.Unreadable) verdict).rejection().reason()).isEqualTo(Reason.IMAGE_TOO_LARGE);
        assertThat(((FrameVerdict.Unreadable) engine.judge(new byte[] {1, 2}, AS_IT_IS))
                        .rejection()
                        .reason())
                .isEqualTo(Reason.INVALID_IMAGE);
    }

    private static Judged judged(BufferedImage frame, FrameRules rules) throws IOException {
        return (Judged) engine.judge(png(frame), rules);
    }

    private static Object reason(Judged frame) {
        Rejection advice = frame.advice();
        Map<String, Object> details = advice == null ? Map.of() : advice.details();
        return details.getOrDefault("reason", "");
    }

    private static BufferedImage scaled(int side) {
        BufferedImage result = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = result.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(portrait, 0, 0, side, side, null);
        graphics.dispose();
        return result;
    }

    private static byte[] png(BufferedImage picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }
}
