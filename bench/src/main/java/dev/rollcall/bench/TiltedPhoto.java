package dev.rollcall.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * A printed photo before a camera, turned about an axis in the picture's plane and perhaps bent about it.
 *
 * @param photo the photo
 * @param bend 0 for a flat one; otherwise the angle in radians by which each half of it is bent away from the camera
 * @param upright whether the axis is horizontal, so that it turns up and down
 */
record TiltedPhoto(BufferedImage photo, double bend, boolean upright) {

    /** The camera's distance, in sides of the photo. */
    private static final double DISTANCE = 2;

    private static final double STEP = 0.1;

    /*
     * A point of the sheet lies u along it from the axis: at (u, 0), or bent at (r sin(u/r), r − r cos(u/r)) with the radius r. It is
     * turned by the angle, and seen from a distance d at s = d / (d + z) of its size. Each column of the picture is filled from the
     * last point that is seen there.
     */
    byte[] turned(double degrees) {
        int along = upright ? photo.getHeight() : photo.getWidth();
        double[] source = new double[along];
        double[] size = new double[along];
        Arrays.fill(source, -1);
        double angle = Math.toRadians(degrees);
        double distance = DISTANCE * Math.max(photo.getWidth(), photo.getHeight());
        double radius = bend == 0 ? 0 : along / (2 * bend);
        for (double u = -along / 2.0; u < along / 2.0; u += STEP) {
            double x = bend == 0 ? u : radius * Math.sin(u / radius);
            double z = bend == 0 ? 0 : radius - radius * Math.cos(u / radius);
            double s = distance / (distance + x * Math.sin(angle) + z * Math.cos(angle));
            int place = (int) Math.round((x * Math.cos(angle) - z * Math.sin(angle)) * s + along / 2.0);
            if (place >= 0 && place < along) {
                source[place] = u + along / 2.0;
                size[place] = s;
            }
        }
        return png(filled(source, size));
    }

    private BufferedImage filled(double[] source, double[] size) {
        BufferedImage out = new BufferedImage(photo.getWidth(), photo.getHeight(), BufferedImage.TYPE_INT_RGB);
        int across = upright ? photo.getWidth() : photo.getHeight();
        for (int place = 0; place < source.length; place++) {
            for (int q = 0; q < across && source[place] >= 0; q++) {
                int other = (int) Math.round((q - across / 2.0) / size[place] + across / 2.0);
                if (other >= 0 && other < across) {
                    int from = (int) source[place];
                    int rgb = upright ? photo.getRGB(other, from) : photo.getRGB(from, other);
                    out.setRGB(upright ? q : place, upright ? place : q, rgb);
                }
            }
        }
        return out;
    }

    private static byte[] png(BufferedImage picture) {
        try (ByteArrayOutputStream file = new ByteArrayOutputStream()) {
            ImageIO.write(picture, "png", file);
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
