package dev.rollcall.engine.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Which side of the stored picture is its top (tag 0x0112 of EXIF 2.32, values 1 to 8). Each value is a mirroring of
 * left and right, or none, and then a rotation.
 */
enum ExifOrientation {
    UPRIGHT(false, Rotation.NONE),
    MIRRORED(true, Rotation.NONE),
    HALF_TURN(false, Rotation.HALF),
    MIRRORED_HALF_TURN(true, Rotation.HALF),
    TRANSPOSED(true, Rotation.LEFT),
    QUARTER_TURN_RIGHT(false, Rotation.RIGHT),
    TRANSVERSED(true, Rotation.RIGHT),
    QUARTER_TURN_LEFT(false, Rotation.LEFT);

    private static final int EXIF = 0x45786966;
    private static final int EXIF_BYTES = 6;
    private static final int ENTRY_BYTES = 12;
    private static final int ORIENTATION_TAG = 0x0112;
    private static final int SHORT_TYPE = 3;
    private static final int TIFF_MAGIC = 42;

    private final boolean mirrored;
    private final Rotation rotation;

    ExifOrientation(boolean mirrored, Rotation rotation) {
        this.mirrored = mirrored;
        this.rotation = rotation;
    }

    /**
     * The orientation that an EXIF block states; upright when it states none or is damaged. Reads nothing but the first
     * directory's fixed-size entries, so a malicious block can't make it allocate or loop.
     *
     * @param from where the block begins: with the TIFF header, or the six bytes "Exif" that JPEG puts before it
     * @param to where the block ends
     */
    static ExifOrientation ofBlock(byte[] file, int from, int to) {
        try {
            ByteBuffer tiff = ByteBuffer.wrap(file, from, to - from).slice();
            if (tiff.getInt(0) == EXIF) {
                tiff = tiff.position(EXIF_BYTES).slice();
            }
            tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = tiff.getInt(4);
            int entries = tiff.getShort(2) == TIFF_MAGIC ? tiff.getShort(directory) & 0xFFFF : 0;
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + i * ENTRY_BYTES;
                if (tiff.getShort(entry) == ORIENTATION_TAG && tiff.getShort(entry + 2) == SHORT_TYPE) {
                    int value = tiff.getShort(entry + 8);
                    return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
                }
            }
            return UPRIGHT;
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return UPRIGHT;
        }
    }

    /**
     * The upright picture over decoded pixels, which are mirrored in place.
     *
     * @param pixels as for {@link Image#Image(int, int, byte[])}; the array may be larger
     */
    Image upright(int width, int height, byte[] pixels) {
        if (mirrored) {
            mirror(width, height, pixels);
        }
        return Image.in(pixels, width, height).rotated(rotation);
    }

    private static void mirror(int width, int height, byte[] pixels) {
        int stride = width * Image.CHANNELS;
        for (int row = 0; row < height * stride; row += stride) {
            int left = row;
            int right = row + stride - Image.CHANNELS;
            while (left < right) {
                for (int channel = 0; channel < Image.CHANNELS; channel++) {
                    byte kept = pixels[left + channel];
                    pixels[left + channel] = pixels[right + channel];
                    pixels[right + channel] = kept;
                }
                left += Image.CHANNELS;
                right -= Image.CHANNELS;
            }
        }
    }
}
