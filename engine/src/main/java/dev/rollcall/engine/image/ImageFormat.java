package dev.rollcall.engine.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The format of a picture file, recognised by its first bytes. */
enum ImageFormat {
    JPEG("JPEG"),
    PNG("PNG"),
    WEBP("WebP"),
    HEIC("HEIC"),
    AVIF("AVIF"),
    GIF("GIF"),
    BMP("BMP"),
    TIFF("TIFF"),
    JPEG_XL("JPEG XL"),
    JPEG_2000("JPEG 2000"),
    PDF("PDF");

    private final String title;

    ImageFormat(String title) {
        this.title = title;
    }

    /**
     * Reads a file's header.
     *
     * @throws UnsupportedPictureException if the format is not supported
     * @throws IOException if it is damaged
     */
    Header header(byte[] file) throws IOException {
        return switch (this) {
            case JPEG -> JpegHeader.read(file);
            case PNG -> PngHeader.read(file);
            case WEBP -> WebpFile.header(file);
            default -> throw new UnsupportedPictureException(title);
        };
    }

    String title() {
        return title;
    }

    /** The format of a file, or empty when it is unknown. */
    static Optional<ImageFormat> sniff(byte[] file) {
        if (startsWith(file, 0xFF, 0xD8, 0xFF)) {
            return Optional.of(JPEG);
        }
        if (startsWith(file, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return Optional.of(PNG);
        }
        if (startsWith(file, 'I', 'I', 42, 0) || startsWith(file, 'M', 'M', 0, 42)) {
            return Optional.of(TIFF);
        }
        if (startsWith(file, 0xFF, 0x0A) || startsWith(file, 0, 0, 0, 12, 'J', 'X', 'L', ' ')) {
            return Optional.of(JPEG_XL);
        }
        if (startsWith(file, 0, 0, 0, 12, 'j', 'P', ' ', ' ') || startsWith(file, 0xFF, 0x4F, 0xFF, 0x51)) {
            return Optional.of(JPEG_2000);
        }
        String head = new String(file, 0, Math.min(file.length, 16), StandardCharsets.ISO_8859_1);
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        }
        if (head.startsWith("ftyp", 4) && head.length() >= 12) {
            return isoBrand(head.substring(8, 12));
        }
        if (head.startsWith("GIF8")) {
            return Optional.of(GIF);
        }
        if (head.startsWith("%PDF")) {
            return Optional.of(PDF);
        }
        return head.startsWith("BM") && head.length() == 16 ? Optional.of(BMP) : Optional.empty();
    }

    private static Optional<ImageFormat> isoBrand(String brand) {
        return switch (brand) {
            case "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1" -> Optional.of(HEIC);
            case "avif", "avis" -> Optional.of(AVIF);
            default -> Optional.empty();
        };
    }

    private static boolean startsWith(byte[] file, int... magic) {
        if (file.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((file[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
