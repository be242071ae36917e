package dev.rollcall.engine.image.webp;

/** The inverse transforms of VP8 (RFC 6386, section 14). */
final class InverseTransform {

    private static final int COS = 20091;
    private static final int SIN = 35468;

    private InverseTransform() {}

    /**
     * Converts the sums of a macroblock's luma blocks to the blocks' first coefficients (inverse Walsh–Hadamard).
     *
     * @param in 16 coefficients; overwritten
     * @param out takes one for each of 16 blocks of 16
     */
    static void sums(int[] in, int[] out) {
        for (int i = 0; i < 4; i++) {
            int outer = in[i] + in[12 + i];
            int inner = in[4 + i] + in[8 + i];
            int innerDifference = in[4 + i] - in[8 + i];
            int outerDifference = in[i] - in[12 + i];
            in[i] = outer + inner;
            in[8 + i] = outer - inner;
            in[4 + i] = outerDifference + innerDifference;
            in[12 + i] = outerDifference - innerDifference;
        }
        for (int i = 0; i < 4; i++) {
            int at = 4 * i;
            int outer = in[at] + 3 + in[at + 3];
            int inner = in[at + 1] + in[at + 2];
            int innerDifference = in[at + 1] - in[at + 2];
            int outerDifference = in[at] + 3 - in[at + 3];
            int block = 16 * at;
            out[block] = (outer + inner) >> 3;
            out[block + 16] = (outerDifference + innerDifference) >> 3;
            out[block + 32] = (outer - inner) >> 3;
            out[block + 48] = (outerDifference - innerDifference) >> 3;
        }
    }

    /**
     * Adds the inverse cosine transform of a block's coefficients to its prediction.
     *
     * @param in 16 coefficients from {@code from} on; overwritten
     * @param samples of 0 to 255, the block beginning at {@code at}
     */
    static void add(int[] in, int from, int[] samples, int at, int stride) {
        boolean first = true;
        for (int i = 1; i < 16 && first; i++) {
            first = in[from + i] == 0;
        }
        if (first) {
            addFirst(in[from], samples, at, stride);
            return;
        }
        for (int i = from; i < from + 4; i++) {
            int even = in[i] + in[i + 8];
            int evenDifference = in[i] - in[i + 8];
            int oddDifference = ((in[i + 4] * SIN) >> 16) - in[i + 12] - ((in[i + 12] * COS) >> 16);
            int odd = in[i + 4] + ((in[i + 4] * COS) >> 16) + ((in[i + 12] * SIN) >> 16);
            in[i] = even + odd;
            in[i + 4] = evenDifference + oddDifference;
            in[i + 8] = evenDifference - oddDifference;
            in[i + 12] = even - odd;
        }
        for (int y = 0; y < 4; y++) {
            int i = from + 4 * y;
            int even = in[i] + 4 + in[i + 2];
            int evenDifference = in[i] + 4 - in[i + 2];
            int oddDifference = ((in[i + 1] * SIN) >> 16) - in[i + 3] - ((in[i + 3] * COS) >> 16);
            int odd = in[i + 1] + ((in[i + 1] * COS) >> 16) + ((in[i + 3] * SIN) >> 16);
            int out = at + y * stride;
            samples[out] = clamp(samples[out] + ((even + odd) >> 3));
            samples[out + 1] = clamp(samples[out + 1] + ((evenDifference + oddDifference) >> 3));
            samples[out + 2] = clamp(samples[out + 2] + ((evenDifference - oddDifference) >> 3));
            samples[out + 3] = clamp(samples[out + 3] + ((even - odd) >> 3));
        }
    }

    private static void addFirst(int coefficient, int[] samples, int at, int stride) {
        int value = (coefficient + 4) >> 3;
        if (value == 0) {
            return;
        }
        for (int row = at; row < at + 4 * stride; row += stride) {
            for (int x = row; x < row + 4; x++) {
                samples[x] = clamp(samples[x] + value);
            }
        }
    }

    private static int clamp(int value) {
        return value < 0 ? 0 : Math.min(value, 255);
    }
}
