package dev.rollcall.engine.image;

import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import dev.rollcall.engine.image.Header.Coding;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns the bytes of a JPEG, PNG or WebP file into upright pixels. Limits are checked on the header, and the memory is
 * taken from the budget, before any pixel is allocated; a picture larger than the analysis needs is decoded at an
 * integer fraction of its size. Safe for use by several threads, each with its own buffer.
 */
public final class ImageDecoder {

    /** Longest accepted side in pixels: that of WebP, and more than any camera's. */
    static final int MAX_SIDE = 16_383;

    /** Most megapixels of a multi-scan or CMYK JPEG, each scan of which is a pass over the whole picture. */
    static final int MAX_MULTI_SCAN_MEGAPIXELS = 8;

    /** Most megapixels of a WebP picture: decoding takes some ten times as long as of a JPEG. */
    static final int MAX_WEBP_MEGAPIXELS = 8;

    private static final int MEGAPIXEL = 1_000_000;

    private final int maxMegapixels;
    private final int furtherBytesPerPixel;

    /**
     * Makes a decoder.
     *
     * @param maxMegapixels largest accepted product of width and height, in millions of pixels; positive
     */
    public ImageDecoder(int maxMegapixels) {
        this(maxMegapixels, 0);
    }

    /**
     * Makes a decoder of pictures whose use takes memory besides their pixels.
     *
     * @param maxMegapixels as above
     * @param furtherBytesPerPixel what the use takes for each decoded pixel, from the budget of the picture; 0 or more
     */
    public ImageDecoder(int maxMegapixels, int furtherBytesPerPixel) {
        if (maxMegapixels < 1) {
            throw new IllegalArgumentException("maxMegapixels must be positive: " + maxMegapixels);
        }
        this.maxMegapixels = maxMegapixels;
        this.furtherBytesPerPixel = furtherBytesPerPixel;
    }

    /** The width at which a picture is decoded: its own, or that of an integer fraction of its size if it has very many pixels. */
    public static int decodedWidth(int width, int height) {
        return Header.reduced(width, Header.step(width, height));
    }

    /**
     * Decodes a file into newly allocated memory. Never throws for its content: what can't be used is refused with a reason.
     */
    public Decoding decode(byte[] file) {
        return decode(file, new PixelBuffer(PictureMemory.unlimited()));
    }

    /**
     * Decodes a file. Never throws for its content: what can't be used is refused with a reason.
     *
     * @param buffer memory for the picture, which is valid until the next decoding into the same buffer
     */
    public Decoding decode(byte[] file, PixelBuffer buffer) {
        Optional<ImageFormat> format = ImageFormat.sniff(file);
        if (format.isEmpty()) {
            return refuse(
                    Reason.INVALID_IMAGE, file.length == 0 ? "The picture is empty." : "The file is not a picture.");
        }
        try {
            return decode(file, format.get().header(file), buffer);
        } catch (UnsupportedPictureException e) {
            return refuse(
                    Reason.UNSUPPORTED_IMAGE,
                    e.getMessage() + " is not supported; send an ordinary JPEG, PNG or WebP.",
                    Map.of("format", e.getMessage()));
        } catch (IOException | RuntimeException e) {
            // The readers throw exceptions of any kind for damaged files.
            return refuse(Reason.INVALID_IMAGE, "The " + format.get().title() + " file is damaged or incomplete.");
        }
    }

    private Decoding decode(byte[] file, Header header, PixelBuffer buffer) throws IOException {
        int limit = maxMegapixels(header.coding());
        if (header.pixels() > (long) limit * MEGAPIXEL || Math.max(header.width(), header.height()) > MAX_SIDE) {
            return tooLarge(header, Map.of("max_megapixels", limit, "max_side", MAX_SIDE));
        }
        long bytes = header.bytes() + (long) furtherBytesPerPixel * header.reducedWidth() * header.reducedHeight();
        if (bytes > buffer.maxBytes()) {
            return tooLarge(header, Map.of("memory_bytes", bytes, "max_memory_bytes", buffer.maxBytes()));
        }
        buffer.reserve(bytes);
        byte[] pixels = buffer.pixels(header.reducedWidth(), header.reducedHeight());
        Reduction reduction = new Reduction(header.width(), header.step(), pixels);
        switch (header.coding()) {
            case SINGLE_SCAN, MULTI_SCAN, CMYK -> JpegPixels.decode(file, header, pixels);
            case PNG -> PngPixels.decode(file, reduction);
            case LOSSY_WEBP, LOSSLESS_WEBP -> WebpFile.decode(file, reduction);
        }
        return new Decoding.Decoded(
                header.orientation().upright(header.reducedWidth(), header.reducedHeight(), pixels));
    }

    private int maxMegapixels(Coding coding) {
        return switch (coding) {
            case SINGLE_SCAN, PNG -> maxMegapixels;
            case MULTI_SCAN, CMYK -> Math.min(maxMegapixels, MAX_MULTI_SCAN_MEGAPIXELS);
            case LOSSY_WEBP, LOSSLESS_WEBP -> Math.min(maxMegapixels, MAX_WEBP_MEGAPIXELS);
        };
    }

    private static Decoding tooLarge(Header header, Map<String, Object> limits) {
        Map<String, Object> details = new TreeMap<>(limits);
        details.put("width", header.width());
        details.put("height", header.height());
        return refuse(
                Reason.IMAGE_TOO_LARGE,
                "The picture has too many pixels for its kind of file; send a smaller one.",
                details);
    }

    private static Decoding refuse(Reason reason, String advice) {
        return new Decoding.Refused(new Rejection(reason, advice));
    }

    private static Decoding refuse(Reason reason, String advice, Map<String, Object> details) {
        return new Decoding.Refused(new Rejection(reason, advice, details));
    }
}
