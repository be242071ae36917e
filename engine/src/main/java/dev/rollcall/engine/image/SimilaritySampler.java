package dev.rollcall.engine.image;

/**
 * Draws a turned, scaled and shifted square of a picture upright into a model's input. What lies outside the picture is
 * black. Holds no state: safe for use by several threads.
 */
public final class SimilaritySampler {

    private SimilaritySampler() {}

    /**
     * Draws the picture over all of the planes. The centre of the target pixel (x, y) is looked up in the picture at
     * {@code (a·x − b·y + shiftX, b·x + a·y + shiftY)}, both in coordinates in which pixel centres are whole numbers.
     * When the picture is more than twice as fine as the target, each target pixel is the mean of a grid of look-ups.
     */
    public static void draw(Image image, float a, float b, float shiftX, float shiftY, Planes planes) {
        int grid = Math.max(1, Math.round((float) Math.hypot(a, b)));
        float[] sum = new float[Image.CHANNELS];
        for (int y = 0; y < planes.height(); y++) {
            for (int x = 0; x < planes.width(); x++) {
                sum[0] = 0;
                sum[1] = 0;
                sum[2] = 0;
                for (int i = 0; i < grid * grid; i++) {
                    int row = i / grid;
                    int column = i % grid;
                    float dx = x + (column + 0.5f) / grid - 0.5f;
                    float dy = y + (row + 0.5f) / grid - 0.5f;
                    addBilinear(image, a * dx - b * dy + shiftX, b * dx + a * dy + shiftY, sum);
                }
                float share = 1f / (grid * grid);
                planes.set(x, y, sum[Image.RED] * share, sum[Image.GREEN] * share, sum[Image.BLUE] * share);
            }
        }
    }

    private static void addBilinear(Image image, float x, float y, float[] sum) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float partX = x - left;
        float partY = y - top;
        add(image, left, top, (1 - partX) * (1 - partY), sum);
        add(image, left + 1, top, partX * (1 - partY), sum);
        add(image, left, top + 1, (1 - partX) * partY, sum);
        add(image, left + 1, top + 1, partX * partY, sum);
    }

    private static void add(Image image, int x, int y, float weight, float[] sum) {
        if (x < 0 || y < 0 || x >= image.width() || y >= image.height()) {
            return;
        }
        byte[] pixels = image.pixels();
        int at = (y * image.width() + x) * Image.CHANNELS;
        sum[0] += weight * (pixels[at] & 0xFF);
        sum[1] += weight * (pixels[at + 1] & 0xFF);
        sum[2] += weight * (pixels[at + 2] & 0xFF);
    }
}
