package dev.rollcall.engine.image.webp;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The rows of a lossless WebP picture (VP8L, RFC 9649). Needs memory for the last million pixels. Not safe for use by
 * several threads at once.
 */
public final class LosslessRows implements PixelRows {

    private static final int SIGNATURE = 0x2F;
    private static final int HEADER_BYTES = 5;
    private static final int OPAQUE = 0xFF000000;
    private static final int PREDICTOR = 0;
    private static final int COLOR = 1;
    private static final int GREEN = 2;

    private static final int FIXED_BYTES = 256 << 10;
    private static final int BYTES_PER_COLUMN = 32;
    /** There are three maps of regions, each of 4×4 pixels or more. */
    private static final int MAPS = 3;

    private static final int SMALLEST_REGION_BITS = 2;

    private final int width;
    private final int height;
    private final boolean opaque;
    private final Deque<Transform> transforms = new ArrayDeque<>();
    private final CodedPixels pixels;

    private LosslessRows(BitReader in, int width, int height, boolean opaque) throws IOException {
        this.width = width;
        this.height = height;
        this.opaque = opaque;
        int codedWidth = readTransforms(in);
        this.pixels = new CodedPixels(in, codedWidth, height, true);
    }

    /**
     * Reads a picture's header.
     *
     * @param from where in the data the picture begins
     * @param to where it ends
     * @throws IOException if it is damaged
     */
    public static LosslessRows of(byte[] data, int from, int to) throws IOException {
        if (to - from < HEADER_BYTES || data[from] != SIGNATURE) {
            throw new EOFException("header cut off");
        }
        BitReader in = new BitReader(data, from + 1, to);
        int width = 1 + in.read(14);
        int height = 1 + in.read(14);
        boolean opaque = !in.flag();
        if (in.read(3) != 0) {
            throw new IOException("unknown version");
        }
        return new LosslessRows(in, width, height, opaque);
    }

    /** A picture without header, as which transparency is stored. */
    static LosslessRows withoutHeader(byte[] data, int from, int to, int width, int height) throws IOException {
        return new LosslessRows(new BitReader(data, from, to), width, height, false);
    }

    /** The most that decoding a picture of a size allocates, in bytes. */
    public static long bytes(int width, int height) {
        long pixels = (long) width * height;
        long regions =
                (long) Transform.regions(width, SMALLEST_REGION_BITS) * Transform.regions(height, SMALLEST_REGION_BITS);
        long reach = CodedPixels.REACH;
        long maps = MAPS * (Math.min(reach, regions) * Integer.BYTES + (regions > reach ? regions * Integer.BYTES : 0))
                + regions * (Byte.BYTES + Character.BYTES);
        return FIXED_BYTES
                + (long) width * BYTES_PER_COLUMN
                + Math.min(reach, pixels) * Integer.BYTES
                + maps
                + PrefixCodeReader.MAX_BYTES;
    }

    /** Reads the transforms, and returns the width of the coded picture. */
    private int readTransforms(BitReader in) throws IOException {
        int codedWidth = width;
        int seen = 0;
        while (in.flag()) {
            int kind = in.read(2);
            if (((seen >> kind) & 1) == 1) {
                throw new IOException("a transform is there twice");
            }
            seen |= 1 << kind;
            Transform transform =
                    switch (kind) {
                        case PREDICTOR -> new PredictorTransform(in, codedWidth, height);
                        case COLOR -> new ColorTransform(in, codedWidth, height);
                        case GREEN -> Transform.green(codedWidth);
                        default -> new PaletteTransform(in, codedWidth);
                    };
            if (transform instanceof PaletteTransform palette) {
                codedWidth = palette.packedWidth();
            }
            transforms.push(transform);
        }
        return codedWidth;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    @Override
    public void next(int[] argb) throws IOException {
        pixels.next(argb);
        for (Transform transform : transforms) {
            transform.undo(argb);
        }
        for (int x = 0; opaque && x < width; x++) {
            argb[x] |= OPAQUE;
        }
    }
}
