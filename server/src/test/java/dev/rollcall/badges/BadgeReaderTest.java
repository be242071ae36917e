package dev.rollcall.badges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.ResultPoint;
import dev.rollcall.people.UserId;
import io.nayuki.qrcodegen.QrCode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadgeReaderTest {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64})
    void badgeInAPicture_isRead(int length) {
        String text = Badge.signed(new UserId("x".repeat(length)), "f3Qx0a", new byte[32])
                .text();

        assertThat(BadgeReader.read(picture(text, 7, 0), WIDTH, HEIGHT)).contains(text);
    }

    @ParameterizedTest
    @CsvSource({"5, 10", "8, -25", "8, 90", "8, 180"})
    void badgeThatIsTurned_isRead(int module, int degrees) {
        String text =
                Badge.signed(new UserId("geronimo"), "f3Qx0a", new byte[32]).text();

        assertThat(BadgeReader.read(picture(text, module, degrees), WIDTH, HEIGHT))
                .contains(text);
    }

    @Test
    void otherCode_isNoBadge() {
        assertThat(BadgeReader.read(picture("https://example.com/", 8, 0), WIDTH, HEIGHT))
                .isEmpty();
    }

    @Test
    void pictureWithoutACode_hasNoBadge() {
        byte[] noise = new byte[WIDTH * HEIGHT];
        new Random(1).nextBytes(noise);

        assertThat(BadgeReader.read(noise, WIDTH, HEIGHT)).isEmpty();
        assertThat(BadgeReader.read(new byte[1], 1, 1)).isEmpty();
    }

    @Test
    void pictureFullOfCorners_isNotSearched() {
        int side = 720;
        byte[] grey = new byte[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int ring = Math.max(Math.abs(x % 9 - 4), Math.abs(y % 9 - 4));
                grey[y * side + x] = (byte) (ring == 2 || ring == 4 ? 255 : 0);
            }
        }

        assertThat(BadgeReader.read(grey, side, side)).isEmpty();
    }

    @Test
    void search_endsWithTheFirstCornerTooMany() {
        BadgeReader.PossibleCorners corners = new BadgeReader.PossibleCorners();
        ResultPoint point = new ResultPoint(1, 1);
        for (int i = 0; i < BadgeReader.MOST_CORNERS; i++) {
            corners.foundPossibleResultPoint(point);
        }

        assertThatThrownBy(() -> corners.foundPossibleResultPoint(point))
                .isInstanceOf(BadgeReader.TooManyCornersException.class);
    }

    @Test
    void codeThatIsHidden_isNotRead() {
        byte[] picture = picture(
                Badge.signed(new UserId("geronimo"), "f3Qx0a", new byte[32]).text(), 7, 0);
        for (int y = HEIGHT / 2 - 40; y < HEIGHT / 2 + 40; y++) {
            for (int x = WIDTH / 2 - 40; x < WIDTH / 2 + 40; x++) {
                picture[y * WIDTH + x] = (byte) 255;
            }
        }

        assertThat(BadgeReader.read(picture, WIDTH, HEIGHT)).isEmpty();
    }

    /** A code in the middle of a grey picture, turned. */
    private static byte[] picture(String text, int module, int degrees) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        double sin = Math.sin(Math.toRadians(degrees));
        double cos = Math.cos(Math.toRadians(degrees));
        byte[] grey = new byte[WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double dx = x - WIDTH / 2.0;
                double dy = y - HEIGHT / 2.0;
                int column = (int) Math.floor((dx * cos + dy * sin) / module + code.size / 2.0);
                int row = (int) Math.floor((dy * cos - dx * sin) / module + code.size / 2.0);
                grey[y * WIDTH + x] = (byte) (code.getModule(column, row) ? 40 : 210);
            }
        }
        return grey;
    }
}
