package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.FrameRules;
import dev.rollcall.engine.FrameVerdict;
import dev.rollcall.engine.Rejection;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how far hints about reduced frames agree with the verdicts about the full pictures, and what they cost. */
@Command(
        name = "hints",
        description =
                "Agreement of the hints about reduced frames with the analysis of the full pictures, by degradation, and"
                        + " the processor time of a hint as a part of an analysis.",
        mixinStandardHelpOptions = true)
final class HintsCommand implements Callable<Integer> {

    private static final float JPEG_QUALITY = 0.7f;

    @Mixin
    private CollectionsOption images = new CollectionsOption();

    @Option(names = "--every", description = "only each so many pictures (${DEFAULT-VALUE})")
    private int every = 1;

    @Option(names = "--reduced", description = "how many times as wide as the frame a picture is (${DEFAULT-VALUE})")
    private double reduced = 2;

    @Option(names = "--unscaled", description = "judge the frames as if they were the full pictures")
    private boolean unscaled;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "| collection | picture | number | same verdict | ready of those accepted | not ready of those refused"
                        + " | the rest: only the embedding tells |");
        out.println("|---|---|---|---|---|---|---|");
        Cost cost = new Cost();
        try (FaceEngine engine = new FaceEngine()) {
            for (Pictures collection : images.collections()) {
                measure(engine, collection, cost, out);
            }
        }
        out.printf(
                Locale.ROOT,
                "%nprocessor time of a hint / of an analysis of the full picture with liveness: %.2f (%d of each)%n",
                (double) cost.hints / cost.analyses,
                cost.count);
        out.flush();
        return 0;
    }

    /** Processor time in nanoseconds. */
    private static final class Cost {

        private long hints;
        private long analyses;
        private int count;
    }

    private void measure(FaceEngine engine, Pictures collection, Cost cost, PrintWriter out) throws IOException {
        List<Picture> all = collection.all();
        List<Degradation> degradations = Degradation.all();
        HintAgreement agreement = new HintAgreement();
        try (ProgressBar progress = new ProgressBar("pictures", all.size() / every)) {
            for (int i = 0; i < all.size(); i += every) {
                for (Degradation degradation : degradations) {
                    byte[] full = degradation.applyTo(collection.bytes(all.get(i)));
                    compare(engine, full, degradation.kind(), agreement, cost);
                }
                progress.step();
            }
        }
        agreement.print(CollectionsOption.name(collection), out);
    }

    private void compare(FaceEngine engine, byte[] file, String kind, HintAgreement agreement, Cost cost)
            throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
        byte[] full = jpeg(picture, picture.getWidth(), picture.getHeight());
        byte[] frame = jpeg(picture, Math.max(1, (int) Math.round(picture.getWidth() / reduced)), Math.max(1, (int)
                Math.round(picture.getHeight() / reduced)));
        AnalysisRules rules = AnalysisRules.recognition();
        long start = ProcessorTime.ofThisThread();
        FrameVerdict hint = engine.judge(frame, new FrameRules(rules, unscaled ? 0 : picture.getWidth()));
        long between = ProcessorTime.ofThisThread();
        Analysis analysis = engine.analyze(full, rules.withLiveness(LivenessMode.MONITOR));
        cost.hints += between - start;
        cost.analyses += ProcessorTime.ofThisThread() - between;
        cost.count++;
        agreement.add(
                kind,
                hint instanceof FrameVerdict.Judged judged && judged.ready(),
                hint instanceof FrameVerdict.Judged judged && judged.advice() != null ? reason(judged.advice()) : "",
                analysis instanceof Analysis.Rejected rejected ? reason(rejected.rejection()) : "");
    }

    private static String reason(Rejection rejection) {
        return String.valueOf(
                rejection.details().getOrDefault("reason", rejection.reason().name()));
    }

    private static byte[] jpeg(BufferedImage picture, int width, int height) throws IOException {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = scaled.createGraphics();
        graphics.drawImage(picture.getScaledInstance(width, height, java.awt.Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam quality = writer.getDefaultWriteParam();
        quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        quality.setCompressionQuality(JPEG_QUALITY);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(scaled, null, null), quality);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
