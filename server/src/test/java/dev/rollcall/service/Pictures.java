package dev.rollcall.service;

import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures for the tests, made from the public-domain portraits. */
final class Pictures {

    private Pictures() {}

    static byte[] portrait(String name) throws IOException {
        try (InputStream in = Pictures.class.getResourceAsStream("/portraits/" + name + ".png")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /** The portrait enlarged and compressed: another picture of the same person. */
    static byte[] anotherOf(String name) throws IOException {
        BufferedImage portrait = read(name);
        return jpeg(drawn(portrait, 0, portrait.getWidth() * 5 / 4, portrait.getHeight() * 5 / 4));
    }

    /** Somebody between two people: both portraits, one over the other, the first with a share of the picture. */
    static byte[] between(String first, String second, double share) throws IOException {
        BufferedImage one = read(first);
        BufferedImage both = drawn(one, 0, one.getWidth(), one.getHeight());
        Graphics2D graphics = both.createGraphics();
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) (1 - share)));
        graphics.drawImage(read(second), 0, 0, one.getWidth(), one.getHeight(), null);
        graphics.dispose();
        return jpeg(both);
    }

    static byte[] withoutFace() throws IOException {
        return jpeg(new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR));
    }

    static byte[] onePixel() throws IOException {
        return jpeg(new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR));
    }

    /** Two faces of one size, as far from the middle: a portrait and its mirror image. */
    static byte[] twoPeople() throws IOException {
        BufferedImage left = read("geronimo");
        int width = left.getWidth();
        BufferedImage both = drawn(left, 0, width * 2, left.getHeight());
        Graphics2D graphics = both.createGraphics();
        graphics.drawImage(left, 0, 0, null);
        graphics.drawImage(left, width * 2, 0, -width, left.getHeight(), null);
        graphics.dispose();
        return jpeg(both);
    }

    static byte[] tinyFace() throws IOException {
        BufferedImage portrait = read("manuel");
        return jpeg(drawn(portrait, 0, portrait.getWidth() / 3, portrait.getHeight() / 3));
    }

    /** The portrait as a large photo with the noise of a sensor, which no coding makes small. */
    static byte[] noisyPhoto(String name, int side, String format) throws IOException {
        BufferedImage photo = drawn(read(name), 0, side, side);
        Random random = new Random(side);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                photo.setRGB(x, y, photo.getRGB(x, y) ^ (random.nextInt() & 0x030303));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(photo, format, out);
        return out.toByteArray();
    }

    private static BufferedImage read(String name) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(portrait(name)));
    }

    private static BufferedImage drawn(BufferedImage picture, int left, int width, int height) {
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = result.createGraphics();
        graphics.drawImage(picture, left, 0, width, height, null);
        graphics.dispose();
        return result;
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", out);
        return out.toByteArray();
    }
}
