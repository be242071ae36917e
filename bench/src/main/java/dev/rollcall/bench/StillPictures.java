package dev.rollcall.bench;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** One picture that is passed off as several of a moment. */
enum StillPictures {
    /** The same file again and again. */
    SAME(false, false),
    /** Moved by up to 8 pixels, turned by up to 3°, 0.95 to 1.1 times as large, and compressed again. */
    MOVED(true, false),
    /** Moved, and with noise of up to 6 grey levels. */
    MOVED_WITH_NOISE(true, true);

    private static final long SEED = 20_260_101;
    private static final double MOST_PIXELS = 8;
    private static final double MOST_DEGREES = 3;
    private static final double MOST_NOISE = 6;

    private final boolean moved;
    private final boolean noisy;

    StillPictures(boolean moved, boolean noisy) {
        this.moved = moved;
        this.noisy = noisy;
    }

    /** Pretended pictures of a moment, the picture itself first. */
    List<byte[]> of(byte[] picture, int count) throws IOException {
        Random random = new Random(SEED + picture.length);
        List<byte[]> pictures = new ArrayList<>(List.of(picture));
        while (pictures.size() < count) {
            pictures.add(moved ? moved(picture, random) : picture);
        }
        return pictures;
    }

    private byte[] moved(byte[] file, Random random) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
        BufferedImage out = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        AffineTransform transform = new AffineTransform();
        transform.translate(
                picture.getWidth() / 2.0 + MOST_PIXELS * (2 * random.nextDouble() - 1),
                picture.getHeight() / 2.0 + MOST_PIXELS * (2 * random.nextDouble() - 1));
        transform.rotate(Math.toRadians(MOST_DEGREES * (2 * random.nextDouble() - 1)));
        double size = 0.95 + 0.15 * random.nextDouble();
        transform.scale(size, size);
        transform.translate(-picture.getWidth() / 2.0, -picture.getHeight() / 2.0);
        Graphics2D graphics = out.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, transform, null);
        graphics.dispose();
        if (noisy) {
            addNoise(out, MOST_NOISE * random.nextDouble(), random);
        }
        return jpeg(out, 0.7f + 0.25f * random.nextFloat());
    }

    private static void addNoise(BufferedImage picture, double deviation, Random random) {
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int rgb = picture.getRGB(x, y);
                int noisy = 0;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    double value = (rgb >> shift & 0xFF) + deviation * random.nextGaussian();
                    noisy |= (int) Math.max(0, Math.min(255, value)) << shift;
                }
                picture.setRGB(x, y, noisy);
            }
        }
    }

    private static byte[] jpeg(BufferedImage picture, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            ImageWriteParam options = writer.getDefaultWriteParam();
            options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            options.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), options);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}
