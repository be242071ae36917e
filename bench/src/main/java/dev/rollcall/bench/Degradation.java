package dev.rollcall.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * One kind of degradation of a picture at one level. For the pictures of LFW: 250×250 pixels, the face in the middle.
 *
 * @param kind the kind, with the unit of its level
 * @param level the strength
 * @param change degrades a picture
 */
record Degradation(String kind, double level, UnaryOperator<BufferedImage> change) {

    /** No degradation. */
    static final Degradation NONE = new Degradation("unchanged", 0, picture -> picture);

    /** All kinds at all their levels. */
    static List<Degradation> all() {
        return Stream.of(
                        Stream.of(NONE),
                        steps("smaller, factor", Degradation::smaller, 0.6, 0.4, 0.3, 0.22, 0.16),
                        steps("blurred, sigma in pixels", Degradation::blurred, 1, 2, 3, 4, 6),
                        steps("darkened, factor", Degradation::brightened, 0.5, 0.3, 0.2, 0.12, 0.06),
                        steps("brightened, factor", Degradation::brightened, 1.5, 2, 3, 5, 9),
                        steps("backlit, light on the face", Degradation::backlit, 0.5, 0.3, 0.2, 0.12, 0.06),
                        steps("cut off, visible width", Degradation::cut, 170, 150, 135, 125, 115),
                        steps("tilted, degrees", Degradation::rotated, 15, 30, 45, 60),
                        steps("turned, degrees", Degradation::rotated, 90, 180, 270))
                .flatMap(steps -> steps)
                .toList();
    }

    private static Stream<Degradation> steps(
            String kind, DoubleFunction<UnaryOperator<BufferedImage>> change, double... levels) {
        return DoubleStream.of(levels).mapToObj(level -> new Degradation(kind, level, change.apply(level)));
    }

    /** The changed picture as a PNG file, so that no compression adds to the change. */
    byte[] applyTo(byte[] file) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(change.apply(ImageIO.read(new ByteArrayInputStream(file))), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UnaryOperator<BufferedImage> smaller(double factor) {
        return picture -> {
            int width = (int) Math.round(picture.getWidth() * factor);
            int height = (int) Math.round(picture.getHeight() * factor);
            return draw(
                    width,
                    height,
                    graphics -> graphics.drawImage(
                            picture.getScaledInstance(width, height, java.awt.Image.SCALE_AREA_AVERAGING), 0, 0, null));
        };
    }

    private static UnaryOperator<BufferedImage> blurred(double sigma) {
        int radius = (int) Math.ceil(3 * sigma);
        float[] weights = new float[2 * radius + 1];
        float sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.exp(-(i - radius) * (i - radius) / (2 * sigma * sigma));
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        ConvolveOp along = new ConvolveOp(new Kernel(weights.length, 1, weights), ConvolveOp.EDGE_NO_OP, null);
        ConvolveOp across = new ConvolveOp(new Kernel(1, weights.length, weights), ConvolveOp.EDGE_NO_OP, null);
        return picture -> across.filter(along.filter(picture, null), null);
    }

    private static UnaryOperator<BufferedImage> brightened(double factor) {
        return picture -> new RescaleOp((float) factor, 0, null).filter(picture, null);
    }

    private static UnaryOperator<BufferedImage> backlit(double lightOnFace) {
        return picture -> {
            BufferedImage dark = new RescaleOp((float) lightOnFace, 0, null).filter(picture, null);
            return draw(picture.getWidth(), picture.getHeight(), graphics -> {
                graphics.drawImage(dark, 0, 0, null);
                graphics.setPaint(new RadialGradientPaint(
                        picture.getWidth() / 2f,
                        picture.getHeight() / 2f,
                        picture.getWidth() / 2f,
                        new float[] {0.5f, 0.7f},
                        new Color[] {new Color(250, 250, 250, 0), new Color(250, 250, 250, 255)}));
                graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
            });
        };
    }

    private static UnaryOperator<BufferedImage> cut(double visibleWidth) {
        return picture ->
                draw((int) visibleWidth, picture.getHeight(), graphics -> graphics.drawImage(picture, 0, 0, null));
    }

    private static UnaryOperator<BufferedImage> rotated(double degrees) {
        return picture -> draw(
                picture.getWidth(),
                picture.getHeight(),
                graphics -> graphics.drawImage(
                        picture,
                        AffineTransform.getRotateInstance(
                                Math.toRadians(degrees), picture.getWidth() / 2.0, picture.getHeight() / 2.0),
                        null));
    }

    private static BufferedImage draw(int width, int height, java.util.function.Consumer<Graphics2D> drawing) {
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = result.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        drawing.accept(graphics);
        graphics.dispose();
        return result;
    }
}
