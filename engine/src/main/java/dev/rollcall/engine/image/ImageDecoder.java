package dev.rollcall.engine.image;

import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import dev.rollcall.engine.image.Header.Coding;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Turns the bytes of a JPEG, PNG or WebP file into upright pixels. Limits are checked on the header, before any pixel is
 * allocated; a picture larger than the analysis needs is decoded at a whole fraction of its size. Safe for use by several
 * threads: large pictures of costly codings take turns, so that their memory is needed once.
 */
public final class ImageDecoder {

    /** Longest accepted side in pixels: that of WebP, and more than any camera's. */
    static final int MAX_SIDE = 16_383;

    /** Most megapixels of a JPEG of many scans or four inks; its coefficients take 3 to 8 bytes a pixel. */
    static final int MAX_MANY_SCANS_MEGAPIXELS = 8;

    /** Most megapixels of a WebP picture, which is decoded whole: what fits into the service's heap beside the rest. */
    static final int MAX_WEBP_MEGAPIXELS = 1;

    private static final int MEGAPIXEL = 1_000_000;

    private final int maxMegapixels;
    private final ReentrantLock costly = new ReentrantLock();

    /**
     * Makes a decoder.
     *
     * @param maxMegapixels largest accepted product of width and height, in millions of pixels; positive
     */
    public ImageDecoder(int maxMegapixels) {
        if (maxMegapixels < 1) {
            throw new IllegalArgumentException("maxMegapixels must be positive: " + maxMegapixels);
        }
        this.maxMegapixels = maxMegapixels;
    }

    /** Decodes a file into memory of its own. Never throws for its content: what can't be used is refused with a reason. */
    public Decoding decode(byte[] file) {
        return decode(file, new Canvas());
    }

    /**
     * Decodes a file. Never throws for its content: what can't be used is refused with a reason.
     *
     * @param canvas memory for the picture, which is good as long as nothing else is decoded onto it
     */
    public Decoding decode(byte[] file, Canvas canvas) {
        Optional<ImageFormat> format = ImageFormat.sniff(file);
        if (format.isEmpty()) {
            return refuse(
                    Reason.INVALID_IMAGE, file.length == 0 ? "The picture is empty." : "The file is not a picture.");
        }
        try {
            return decode(file, format.get(), canvas);
        } catch (UnsupportedPictureException e) {
            return refuse(
                    Reason.UNSUPPORTED_IMAGE,
                    e.getMessage() + " is not supported; send an ordinary JPEG, PNG or WebP.",
                    Map.of("format", e.getMessage()));
        } catch (IOException | RuntimeException e) {
            // The readers answer damaged files with whatever exception they stumble into.
            return refuse(Reason.INVALID_IMAGE, "The " + format.get().title() + " file is damaged or incomplete.");
        }
    }

    private Decoding decode(byte[] file, ImageFormat format, Canvas canvas) throws IOException {
        Header header = format.header(file);
        int limit = maxMegapixels(header.coding());
        if (header.pixels() > (long) limit * MEGAPIXEL || Math.max(header.width(), header.height()) > MAX_SIDE) {
            return tooLarge(header, limit);
        }
        PixelReader reader = new PixelReader(file, header, canvas);
        if (header.coding() == Coding.STREAMED || header.pixels() < MEGAPIXEL / 2) {
            return new Decoding.Decoded(reader.read());
        }
        costly.lock();
        try {
            return new Decoding.Decoded(reader.read());
        } finally {
            costly.unlock();
        }
    }

    private int maxMegapixels(Coding coding) {
        return switch (coding) {
            case STREAMED, PNG -> maxMegapixels;
            case MANY_SCANS, FOUR_INKS -> Math.min(maxMegapixels, MAX_MANY_SCANS_MEGAPIXELS);
            case WEBP -> Math.min(maxMegapixels, MAX_WEBP_MEGAPIXELS);
        };
    }

    private static Decoding tooLarge(Header header, int limit) {
        return refuse(
                Reason.IMAGE_TOO_LARGE,
                "The picture has too many pixels for its kind of file; send a smaller one.",
                Map.of(
                        "width",
                        header.width(),
                        "height",
                        header.height(),
                        "max_megapixels",
                        limit,
                        "max_side",
                        MAX_SIDE));
    }

    private static Decoding refuse(Reason reason, String advice) {
        return new Decoding.Refused(new Rejection(reason, advice));
    }

    private static Decoding refuse(Reason reason, String advice, Map<String, Object> details) {
        return new Decoding.Refused(new Rejection(reason, advice, details));
    }
}
