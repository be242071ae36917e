package dev.rollcall.engine.image;

import dev.rollcall.engine.image.Header.Coding;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The first chunk of a PNG file, IHDR (ISO/IEC 15948).
 *
 * @param width in pixels, positive
 * @param height in pixels, positive
 * @param depth bits of a sample: 1, 2, 4, 8 or 16
 * @param color which samples a pixel has
 * @param interlaced whether the pixels come in seven passes
 */
record PngHeader(int width, int height, int depth, Color color, boolean interlaced) {

    static final int SIGNATURE_BYTES = 8;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int CHECKSUM_BYTES = 4;
    private static final int IHDR = 0x49484452;
    private static final int EXIF = 0x65584966;

    /** What the inflater and the parser allocate, on the heap and natively. */
    private static final int FIXED_BYTES = 128 << 10;

    /** Which samples a pixel has; names and numbers are the standard's. */
    enum Color {
        GREY(0, 1, 1 + 2 + 4 + 8 + 16),
        RGB(2, 3, 8 + 16),
        PALETTE(3, 1, 1 + 2 + 4 + 8),
        GREY_ALPHA(4, 2, 8 + 16),
        RGB_ALPHA(6, 4, 8 + 16);

        private final int number;
        private final int samples;
        /** The allowed depths as a bit set: depths are powers of two. */
        private final int depths;

        Color(int number, int samples, int depths) {
            this.number = number;
            this.samples = samples;
            this.depths = depths;
        }

        /** Samples of a pixel. */
        int samples() {
            return samples;
        }

        private static Color of(int number, int depth) throws IOException {
            for (Color color : values()) {
                if (color.number == number && Integer.bitCount(depth) == 1 && (color.depths & depth) != 0) {
                    return color;
                }
            }
            throw new IOException("colour type " + number + " with " + depth + " bits is invalid");
        }
    }

    /**
     * Reads the header.
     *
     * @throws IOException if the header is incomplete or invalid
     */
    static Header read(byte[] file) throws IOException {
        PngHeader header = parse(file);
        return new Header(header.width, header.height, Coding.PNG, orientation(file), header.workingBytes());
    }

    /** Reads the first chunk. */
    static PngHeader parse(byte[] file) throws IOException {
        try {
            ByteBuffer in = ByteBuffer.wrap(file, SIGNATURE_BYTES, file.length - SIGNATURE_BYTES);
            in.getInt();
            if (in.getInt() != IHDR) {
                throw new IOException("no IHDR");
            }
            int width = in.getInt();
            int height = in.getInt();
            int depth = in.get();
            Color color = Color.of(in.get(), depth);
            if (width < 1 || height < 1 || in.getShort() != 0) {
                throw new IOException("an empty size, or an unknown compression");
            }
            int interlace = in.get();
            if (interlace != 0 && interlace != 1) {
                throw new IOException("an unknown interlace method");
            }
            return new PngHeader(width, height, depth, color, interlace == 1);
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("header cut off", e);
        }
    }

    int bitsPerPixel() {
        return depth * color.samples();
    }

    /** Bytes of a row of {@code pixels} pixels, without the byte that names its filter. */
    int rowBytes(int pixels) {
        return (int) longRowBytes(pixels);
    }

    private long longRowBytes(int pixels) {
        return ((long) pixels * bitsPerPixel() + 7) / 8;
    }

    private long workingBytes() {
        return 2 * (longRowBytes(width) + bitsPerPixel()) + FIXED_BYTES;
    }

    private static ExifOrientation orientation(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file, SIGNATURE_BYTES, file.length - SIGNATURE_BYTES);
        while (in.remaining() >= CHUNK_HEADER_BYTES) {
            int length = in.getInt();
            int name = in.getInt();
            if (length < 0 || length > in.remaining() - CHECKSUM_BYTES) {
                break;
            }
            if (name == EXIF) {
                return ExifOrientation.ofBlock(file, in.position(), in.position() + length);
            }
            in.position(in.position() + length + CHECKSUM_BYTES);
        }
        return ExifOrientation.UPRIGHT;
    }
}
