package dev.rollcall.engine.image;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.util.List;

/**
 * How a camera was held: which side of the stored picture is its top (tag 0x0112 of EXIF 2.32, values 1 to 8).
 *
 * <p>Each value is described by what leads from the upright picture back to the stored one: whether x and y change
 * places, and which stored axis runs backwards.
 */
enum ExifOrientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    HALF_TURN(false, true, true),
    MIRRORED_HALF_TURN(false, false, true),
    TRANSPOSED(true, false, false),
    QUARTER_TURN_RIGHT(true, false, true),
    TRANSVERSED(true, true, true),
    QUARTER_TURN_LEFT(true, true, false);

    private static final String EXIF = "Exif";
    private static final int EXIF_HEADER_BYTES = 6;

    private final boolean transposed;
    private final boolean backwardsX;
    private final boolean backwardsY;

    ExifOrientation(boolean transposed, boolean backwardsX, boolean backwardsY) {
        this.transposed = transposed;
        this.backwardsX = backwardsX;
        this.backwardsY = backwardsY;
    }

    /** The orientation that a JPEG file states; upright when it states none or its EXIF block is damaged. */
    static ExifOrientation of(byte[] jpeg) {
        try {
            List<JPEGSegment> segments =
                    JPEGSegmentUtil.readSegments(new ByteArrayImageInputStream(jpeg), JPEG.APP1, EXIF);
            if (segments.isEmpty()) {
                return UPRIGHT;
            }
            byte[] block = segments.get(0).data().readAllBytes();
            int skip = EXIF_HEADER_BYTES - EXIF.length() - 1;
            Entry entry = new TIFFReader()
                    .read(new ByteArrayImageInputStream(block, skip, block.length - skip))
                    .getEntryById(TIFF.TAG_ORIENTATION);
            return entry != null && entry.getValue() instanceof Number value ? ofTag(value.intValue()) : UPRIGHT;
        } catch (IOException | RuntimeException e) {
            return UPRIGHT;
        }
    }

    private static ExifOrientation ofTag(int value) {
        return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
    }

    /** The picture turned so that its top is up; the same picture when it already is. */
    Image upright(Image stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int width = transposed ? stored.height() : stored.width();
        int height = transposed ? stored.width() : stored.height();
        byte[] from = stored.pixels();
        byte[] to = new byte[from.length];
        int out = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int alongX = transposed ? y : x;
                int alongY = transposed ? x : y;
                int storedX = backwardsX ? stored.width() - 1 - alongX : alongX;
                int storedY = backwardsY ? stored.height() - 1 - alongY : alongY;
                int in = (storedY * stored.width() + storedX) * Image.CHANNELS;
                for (int channel = 0; channel < Image.CHANNELS; channel++) {
                    to[out++] = from[in + channel];
                }
            }
        }
        return new Image(width, height, to);
    }
}
