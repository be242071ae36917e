package dev.rollcall.bench;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures of the sizes that cameras send, made from one portrait. */
final class LoadPictures {

    private static final float QUALITY = 0.9f;

    private LoadPictures() {}

    /** The portrait scaled to fill a picture of the given size, as JPEG. */
    static byte[] jpeg(byte[] portrait, int width, int height) throws IOException {
        BufferedImage source = ImageIO.read(new ByteArrayInputStream(portrait));
        if (source == null) {
            throw new IOException("the portrait can't be read");
        }
        double scale = Math.max((double) width / source.getWidth(), (double) height / source.getHeight());
        int drawnWidth = (int) Math.ceil(source.getWidth() * scale);
        int drawnHeight = (int) Math.ceil(source.getHeight() * scale);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(source, (width - drawnWidth) / 2, 0, drawnWidth, drawnHeight, null);
        graphics.dispose();
        return encoded(picture);
    }

    private static byte[] encoded(BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(picture, null, null), quality);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
