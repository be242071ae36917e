package dev.rollcall.badges;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Map;
import java.util.Optional;

/** The reader of the text of a badge in a picture. It doesn't say whether the badge is valid. Safe for use by several threads. */
public final class BadgeReader {

    private static final Map<DecodeHintType, ?> HINTS =
            Map.of(DecodeHintType.TRY_HARDER, true, DecodeHintType.CHARACTER_SET, "US-ASCII");

    private BadgeReader() {}

    /**
     * The text of the badge that a picture shows; empty if it shows none, or a QR code that is none. Needs about three times the bytes of
     * the picture meanwhile.
     *
     * @param grey the luminance of each pixel, row by row
     */
    public static Optional<String> read(byte[] grey, int width, int height) {
        PlanarYUVLuminanceSource source = new PlanarYUVLuminanceSource(grey, width, height, 0, 0, width, height, false);
        try {
            String text = new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)), HINTS)
                    .getText();
            return Badge.parse(text).map(Badge::text);
        } catch (ReaderException e) {
            // No code, or one that is too blurred, as in most frames of a moving hand.
            return Optional.empty();
        }
    }
}
