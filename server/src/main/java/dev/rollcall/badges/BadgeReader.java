package dev.rollcall.badges;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.ResultPoint;
import com.google.zxing.ResultPointCallback;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Map;
import java.util.Optional;

/** The reader of the text of a badge in a picture. It doesn't say whether the badge is valid. Safe for use by several threads. */
public final class BadgeReader {

    /**
     * Most places of a picture that may be the corner of a code. A code has three. The time of the search grows with the third power of
     * their number: a picture of 6,400 took more than a minute.
     */
    static final int MOST_CORNERS = 100;

    private BadgeReader() {}

    /**
     * The text of the badge that a picture shows; empty if it shows none, or a QR code that is none. Needs less than a
     * byte for each pixel meanwhile.
     *
     * @param grey the luminance of each pixel, row by row
     */
    public static Optional<String> read(byte[] grey, int width, int height) {
        PossibleCorners corners = new PossibleCorners();
        PlanarYUVLuminanceSource source = new PlanarYUVLuminanceSource(grey, width, height, 0, 0, width, height, false);
        try {
            String text = new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)), hints(corners))
                    .getText();
            return Badge.parse(text).map(Badge::text);
        } catch (ReaderException e) {
            // No code, or one that is too blurred, as in most frames of a moving hand.
            return Optional.empty();
        } catch (TooManyCornersException e) {
            return Optional.empty();
        }
    }

    private static Map<DecodeHintType, ?> hints(PossibleCorners corners) {
        return Map.of(
                DecodeHintType.TRY_HARDER,
                true,
                DecodeHintType.CHARACTER_SET,
                "US-ASCII",
                DecodeHintType.NEED_RESULT_POINT_CALLBACK,
                corners);
    }

    /** Counts the places that may be corners, and ends the search when there are too many. */
    static final class PossibleCorners implements ResultPointCallback {

        private int count;

        @Override
        public void foundPossibleResultPoint(ResultPoint point) {
            count++;
            if (count > MOST_CORNERS) {
                throw new TooManyCornersException();
            }
        }
    }

    /** A picture has so many places that may be corners of a code that it is no picture of a badge. */
    static final class TooManyCornersException extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooManyCornersException() {
            super(null, null, false, false);
        }
    }
}
