package dev.rollcall.service;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A film of a portrait in the form that Chromium's fake camera reads: YUV4MPEG2, 1280×720, chroma at half the resolution. */
final class CameraFile {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;

    /** Pictures of the film, each a pixel further to the right, as nobody stands quite still. */
    private static final int FRAMES = 3;

    private CameraFile() {}

    static void write(Path file, String portrait) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(Pictures.portrait(portrait)));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write("YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420\n"
                    .formatted(WIDTH, HEIGHT)
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < FRAMES; i++) {
                out.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
                out.write(planes(frame(picture, i)));
            }
        }
    }

    private static BufferedImage frame(BufferedImage picture, int shift) {
        BufferedImage frame = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = frame.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        int width = picture.getWidth() * HEIGHT / picture.getHeight();
        graphics.drawImage(picture, (WIDTH - width) / 2 + shift, 0, width, HEIGHT, null);
        graphics.dispose();
        return frame;
    }

    /** The planes Y, U and V by ITU-R BT.601, in the range of video (16 to 235). */
    private static byte[] planes(BufferedImage frame) {
        int size = WIDTH * HEIGHT;
        byte[] planes = new byte[size * 3 / 2];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int rgb = frame.getRGB(x, y);
                int red = (rgb >> 16) & 0xff;
                int green = (rgb >> 8) & 0xff;
                int blue = rgb & 0xff;
                planes[y * WIDTH + x] = (byte) (16 + ((66 * red + 129 * green + 25 * blue + 128) >> 8));
                if ((x & 1) == 0 && (y & 1) == 0) {
                    int at = size + y / 2 * (WIDTH / 2) + x / 2;
                    planes[at] = (byte) (128 + ((-38 * red - 74 * green + 112 * blue + 128) >> 8));
                    planes[at + size / 4] = (byte) (128 + ((112 * red - 94 * green - 18 * blue + 128) >> 8));
                }
            }
        }
        return planes;
    }
}
