package dev.rollcall.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.Portraits;
import dev.rollcall.engine.Rejection.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of damaged files: each is decoded or refused with a reason, within the memory that its header calls for.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostilePicturesTest {

    private static final int MUTATIONS = 500;
    private static final long SEED = 42;
    private static final int HEADER_BYTES = 200;
    /** For exceptions, and for classes that are loaded only now. */
    private static final int SLACK = 512 << 10;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "baseline.jpg",
                "progressive.jpg",
                "cmyk.jpg",
                "portrait.png",
                "lossy.webp",
                "lossless.webp",
                "alpha.webp",
                "turned.webp"
            })
    void damagedFile_isDecodedOrRefusedWithAReason(String name) throws IOException {
        byte[] whole = file(name);
        ImageDecoder decoder = new ImageDecoder(25);
        Random random = new Random(SEED);
        Map<Reason, Integer> refusals = new EnumMap<>(Reason.class);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] damaged = mutated(whole, random);
            long before = MemoryNeedTest.allocated();
            Decoding decoding = decoder.decode(damaged);
            assertThat(MemoryNeedTest.allocated() - before)
                    .as("bytes allocated by damaged file %d", i)
                    .isLessThanOrEqualTo(SLACK + need(damaged));
            if (decoding instanceof Decoding.Refused refused) {
                refusals.merge(refused.rejection().reason(), 1, Integer::sum);
            }
        }
        assertThat(refusals.keySet())
                .isSubsetOf(Reason.INVALID_IMAGE, Reason.UNSUPPORTED_IMAGE, Reason.IMAGE_TOO_LARGE);
        assertThat(refusals.getOrDefault(Reason.INVALID_IMAGE, 0)).isGreaterThan(MUTATIONS / 4);
    }

    private static long need(byte[] file) {
        try {
            return ImageFormat.sniff(file).orElseThrow().header(file).bytes();
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    private static byte[] file(String name) throws IOException {
        return switch (name) {
            case "portrait.png" -> Portraits.png("manuel");
            case "baseline.jpg", "progressive.jpg" ->
                PictureFilesTest.jpeg(
                        ImageIO.read(new ByteArrayInputStream(Portraits.png("manuel"))), name.startsWith("prog"));
            default -> PictureFilesTest.resource(name);
        };
    }

    private static byte[] mutated(byte[] whole, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(whole, random.nextInt(whole.length));
            case 1 -> withNoise(whole, whole.length, random);
            case 2 -> withNoise(whole, Math.min(HEADER_BYTES, whole.length), random);
            case 3 -> withInsertion(whole, random);
            default -> withGap(whole, random);
        };
    }

    private static byte[] withNoise(byte[] whole, int within, Random random) {
        byte[] noisy = whole.clone();
        for (int i = random.nextInt(8); i >= 0; i--) {
            noisy[random.nextInt(within)] = (byte) random.nextInt();
        }
        return noisy;
    }

    private static byte[] withInsertion(byte[] whole, Random random) {
        byte[] inserted = new byte[1 + random.nextInt(64)];
        random.nextBytes(inserted);
        int at = random.nextInt(whole.length);
        byte[] longer = Arrays.copyOf(whole, whole.length + inserted.length);
        System.arraycopy(inserted, 0, longer, at, inserted.length);
        System.arraycopy(whole, at, longer, at + inserted.length, whole.length - at);
        return longer;
    }

    private static byte[] withGap(byte[] whole, Random random) {
        int from = random.nextInt(whole.length);
        int to = from + random.nextInt(whole.length - from);
        byte[] shorter = Arrays.copyOf(whole, whole.length - to + from);
        System.arraycopy(whole, to, shorter, from, whole.length - to);
        return shorter;
    }
}
