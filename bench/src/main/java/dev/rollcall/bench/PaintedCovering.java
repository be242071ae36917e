package dev.rollcall.bench;

import dev.rollcall.engine.Landmarks;
import dev.rollcall.engine.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Something painted over a face. */
enum PaintedCovering {
    /** Dark lenses of different shapes, sizes and colours, four fifths to fully opaque, some with a reflection. */
    SUNGLASSES,
    /** A mask from the nose to below the chin in different colours, with shade, pleats and the noise of a camera. */
    MASK;

    private static final List<Color> LENSES =
            List.of(new Color(15, 15, 18), new Color(40, 25, 15), new Color(20, 25, 45), new Color(60, 60, 65));
    private static final List<Color> CLOTHS = List.of(
            new Color(150, 190, 215),
            new Color(235, 238, 240),
            new Color(25, 25, 28),
            new Color(95, 130, 120),
            new Color(190, 60, 70));
    private static final double NOISE = 4;

    /**
     * The picture with the covering.
     *
     * @param face the points of its face
     * @param seed chooses shape and colour
     */
    byte[] paint(byte[] file, Landmarks face, long seed) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
        BufferedImage out = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = out.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.drawImage(picture, 0, 0, null);
        Point left = face.leftEye();
        Point right = face.rightEye();
        double unit = Math.hypot(right.x() - left.x(), right.y() - left.y());
        graphics.translate((left.x() + right.x()) / 2, (left.y() + right.y()) / 2);
        graphics.rotate(Math.atan2(right.y() - left.y(), right.x() - left.x()));
        Random random = new Random(seed);
        if (this == SUNGLASSES) {
            paintGlasses(graphics, unit, random);
        } else {
            double mouth = Math.hypot(
                    (face.leftMouth().x() + face.rightMouth().x() - left.x() - right.x()) / 2,
                    (face.leftMouth().y() + face.rightMouth().y() - left.y() - right.y()) / 2);
            paintMask(graphics, unit, mouth, random);
        }
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(out, "jpg", bytes);
        return bytes.toByteArray();
    }

    /** The middle between the eyes is the origin. */
    private static void paintGlasses(Graphics2D graphics, double unit, Random random) {
        double width = unit * (0.75 + 0.2 * random.nextDouble());
        double height = unit * (0.5 + 0.25 * random.nextDouble());
        boolean round = random.nextBoolean();
        boolean reflecting = random.nextInt(3) == 0;
        Color colour = LENSES.get(random.nextInt(LENSES.size()));
        Color lens = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 200 + random.nextInt(56));
        for (int side = -1; side <= 1; side += 2) {
            double x = side * unit / 2 - width / 2;
            double y = -0.45 * height;
            Shape shape = round
                    ? new Ellipse2D.Double(x, y, width, height)
                    : new RoundRectangle2D.Double(x, y, width, height, height / 2, height / 2);
            graphics.setColor(lens);
            graphics.fill(shape);
            if (reflecting) {
                graphics.setPaint(new GradientPaint(
                        0, (float) y, new Color(200, 210, 220, 90), 0, (float) (y + height), new Color(0, 0, 0, 0)));
                graphics.fill(shape);
            }
        }
        graphics.setColor(lens);
        graphics.setStroke(new BasicStroke((float) (0.06 * unit)));
        graphics.draw(new Line2D.Double(-unit / 2 + 0.4 * width, 0, unit / 2 - 0.4 * width, 0));
    }

    /** The middle between the eyes is the origin; {@code mouth} is the distance to that of the mouth. */
    private static void paintMask(Graphics2D graphics, double unit, double mouth, Random random) {
        double top = (0.45 + 0.15 * random.nextDouble()) * mouth;
        double bottom = 1.75 * mouth;
        double wide = 1.05 * unit;
        Path2D mask = new Path2D.Double();
        mask.moveTo(0, top);
        mask.curveTo(0.4 * unit, top, 0.7 * unit, top + 0.1 * unit, wide, top + 0.15 * unit);
        mask.curveTo(wide, mouth, 0.6 * unit, bottom, 0, bottom);
        mask.curveTo(-0.6 * unit, bottom, -wide, mouth, -wide, top + 0.15 * unit);
        mask.curveTo(-0.7 * unit, top + 0.1 * unit, -0.4 * unit, top, 0, top);
        Color cloth = CLOTHS.get(random.nextInt(CLOTHS.size()));
        graphics.setPaint(new GradientPaint(
                (float) -wide, 0, cloth, (float) wide, 0, random.nextBoolean() ? cloth.darker() : cloth));
        graphics.fill(mask);
        graphics.setClip(mask);
        graphics.setStroke(new BasicStroke((float) (0.02 * unit)));
        int pleats = random.nextInt(5);
        for (int i = 1; i <= pleats; i++) {
            double y = top + (bottom - top) * i / (pleats + 1);
            graphics.setColor(cloth.darker());
            graphics.draw(new Line2D.Double(-wide, y, wide, y));
        }
        int step = Math.max(1, (int) Math.round(unit / 36));
        for (double y = top; y < bottom; y += step) {
            for (double x = -wide; x < wide; x += step) {
                int shade = (int) Math.min(255, 3 * Math.abs(NOISE * random.nextGaussian()));
                graphics.setColor(random.nextBoolean() ? new Color(0, 0, 0, shade) : new Color(255, 255, 255, shade));
                graphics.fillRect((int) x, (int) y, step, step);
            }
        }
        graphics.setClip(null);
    }
}
