package dev.rollcall.engine.image.webp;

/**
 * Converts rows of luma and chroma to red, green and blue. Chroma has half the resolution; between its samples it is
 * interpolated with weights of 9, 3, 3 and 1, as libwebp does unless told otherwise. The colours are those of ITU-R
 * BT.601 with luma from 16 to 235, in integers. Not safe for use by several threads at once.
 */
final class ColorConversion {

    private static final int OPAQUE = 0xFF000000;

    private final int width;
    private final int[] blue;
    private final int[] red;

    ColorConversion(int width) {
        this.width = width;
        this.blue = new int[width];
        this.red = new int[width];
    }

    /**
     * Converts a row.
     *
     * @param luma where the row's luma begins
     * @param near where the chroma begins that lies nearest to the row
     * @param far where the chroma begins that lies next to it, beyond the row; the same at the picture's edge
     * @param argb takes the pixels
     */
    void convert(LossyPlanes planes, int luma, int near, int far, int[] argb) {
        interpolate(planes.blue(), near, far, blue);
        interpolate(planes.red(), near, far, red);
        byte[] in = planes.luma();
        for (int x = 0; x < width; x++) {
            int y = ((in[luma + x] & 0xFF) * 19077) >> 8;
            int u = blue[x];
            int v = red[x];
            argb[x] = OPAQUE
                    | sample(y + ((v * 26149) >> 8) - 14234) << 16
                    | sample(y - ((u * 6419) >> 8) - ((v * 13320) >> 8) + 8708) << 8
                    | sample(y + ((u * 33050) >> 8) - 17685);
        }
    }

    private void interpolate(byte[] plane, int near, int far, int[] out) {
        int a = plane[near] & 0xFF;
        int c = plane[far] & 0xFF;
        out[0] = (3 * a + c + 2) >> 2;
        for (int x = 1; 2 * x <= width; x++) {
            if (2 * x == width) {
                out[2 * x - 1] = (3 * a + c + 2) >> 2;
                return;
            }
            int b = plane[near + x] & 0xFF;
            int d = plane[far + x] & 0xFF;
            int sum = a + b + c + d + 8;
            out[2 * x - 1] = (((sum + 2 * (b + c)) >> 3) + a) >> 1;
            out[2 * x] = (((sum + 2 * (a + d)) >> 3) + b) >> 1;
            a = b;
            c = d;
        }
    }

    /** A value of 1/64 as a sample. */
    private static int sample(int value) {
        return value < 0 ? 0 : Math.min(value >> 6, 255);
    }
}
