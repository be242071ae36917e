package dev.rollcall.cli;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** The public-domain portraits, and pictures derived from them. */
final class DemoPictures {

    /** The people who are enrolled. */
    static final List<String> PEOPLE =
            List.of("astronaut", "elizabeth", "felipe", "geronimo", "manuel", "pierre", "segoyewatha", "william");

    /** A person who is not enrolled. */
    static final String NOT_ENROLLED = "frederik";

    private static final double LARGER = 1.3;
    private static final float BRIGHTER = 1.15f;
    private static final double TURN = Math.toRadians(5);
    private static final int CORNER = 120;

    private DemoPictures() {}

    /** The names of all portraits. */
    static List<String> all() {
        return Stream.concat(PEOPLE.stream(), Stream.of(NOT_ENROLLED)).toList();
    }

    static byte[] portrait(String name) throws IOException {
        try (InputStream in = DemoPictures.class.getResourceAsStream("/portraits/" + name + ".png")) {
            if (in == null) {
                throw new IOException("the portrait " + name + " is missing from the program");
            }
            return in.readAllBytes();
        }
    }

    /** A picture derived from a portrait: larger, brighter, rotated, as a JPEG. */
    static byte[] anotherPicture(String name) throws IOException {
        BufferedImage portrait = read(name);
        int width = (int) (portrait.getWidth() * LARGER);
        int height = (int) (portrait.getHeight() * LARGER);
        BufferedImage other = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = other.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.rotate(TURN, width / 2.0, height / 2.0);
        graphics.drawImage(portrait, 0, 0, width, height, null);
        graphics.dispose();
        return jpeg(new RescaleOp(BRIGHTER, 0, null).filter(other, null));
    }

    /** A corner of a portrait that shows no face. */
    static byte[] withoutFace() throws IOException {
        BufferedImage portrait = read("astronaut");
        BufferedImage corner = new BufferedImage(CORNER, CORNER, BufferedImage.TYPE_INT_RGB);
        corner.createGraphics()
                .drawImage(portrait.getSubimage(0, portrait.getHeight() - CORNER, CORNER, CORNER), 0, 0, null);
        return jpeg(corner);
    }

    private static BufferedImage read(String name) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(portrait(name)));
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", out);
        return out.toByteArray();
    }
}
