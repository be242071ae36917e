package dev.rollcall.engine.image;

import java.util.Arrays;

/**
 * Draws a rotated, scaled and shifted square of a picture upright into a model's input. Outside the picture it is
 * black. Keeps its buffers from call to call: not safe for use by several threads at once.
 */
public final class SimilaritySampler {

    /*
     * Bilinear look-up with integers: a coordinate is split into a pixel and 1/1024 parts of the distance to the next
     * one, so the four weights of a look-up add up to 2^20 and a sum stays below 255 · 2^20 < 2^28.
     *
     * A look-up reads four pixels, so a picture much finer than the target would be sampled with gaps. It is first
     * reduced to the means of blocks of k × k pixels, k being the integer nearest to the ratio, within the area that the
     * target covers; the remaining ratio is at most 1.5.
     */

    private static final int PARTS = 1 << 10;
    private static final float UNIT = PARTS * PARTS;

    private final BlockMeans means = new BlockMeans();
    private int[] row = new int[0];

    /**
     * Draws the picture over all of the planes. The centre of the target pixel (x, y) is looked up in the picture at
     * {@code (a·x − b·y + shiftX, b·x + a·y + shiftY)}, both in coordinates in which pixel centres are whole numbers.
     */
    public void draw(Image image, float a, float b, float shiftX, float shiftY, Planes planes) {
        float lastX = image.storedWidth() - 1f;
        float lastY = image.storedHeight() - 1f;
        switch (image.rotation()) {
            case NONE -> drawStored(image, a, b, shiftX, shiftY, planes);
            case RIGHT -> drawStored(image, b, -a, shiftY, lastY - shiftX, planes);
            case HALF -> drawStored(image, -a, -b, lastX - shiftX, lastY - shiftY, planes);
            case LEFT -> drawStored(image, -b, a, lastX - shiftY, shiftX, planes);
        }
    }

    private void drawStored(Image image, float a, float b, float shiftX, float shiftY, Planes planes) {
        int factor = Math.round((float) Math.hypot(a, b));
        if (factor <= 1) {
            drawPixels(image.pixels(), image.storedWidth(), image.storedHeight(), a, b, shiftX, shiftY, planes);
            return;
        }
        float width = planes.width();
        float height = planes.height();
        float left = shiftX + Math.min(0, a * width) + Math.min(0, -b * height);
        float top = shiftY + Math.min(0, b * width) + Math.min(0, a * height);
        float right = shiftX + Math.max(0, a * width) + Math.max(0, -b * height);
        float bottom = shiftY + Math.max(0, b * width) + Math.max(0, a * height);
        if (means.reduce(image, factor, left, top, right, bottom)) {
            drawPixels(
                    means.pixels(),
                    means.width(),
                    means.height(),
                    a / factor,
                    b / factor,
                    means.reducedX(shiftX),
                    means.reducedY(shiftY),
                    planes);
        } else {
            planes.fill(0);
        }
    }

    private void drawPixels(
            byte[] pixels, int width, int height, float a, float b, float shiftX, float shiftY, Planes planes) {
        int count = planes.width();
        if (row.length < count * Image.CHANNELS) {
            row = new int[count * Image.CHANNELS];
        }
        for (int y = 0; y < planes.height(); y++) {
            lookUp(pixels, width, height, a, b, shiftX - b * y, shiftY + a * y, count);
            planes.setLine(y * count, 1, row, UNIT, count);
        }
    }

    /** Looks up pixels along a line that starts at (startX, startY) and goes on by (a, b). */
    private void lookUp(byte[] pixels, int width, int height, float a, float b, float startX, float startY, int count) {
        int[] out = row;
        int stride = width * Image.CHANNELS;
        float maxX = width - 1;
        float maxY = height - 1;
        for (int i = 0, at = 0; i < count; i++, at += Image.CHANNELS) {
            float x = startX + a * i;
            float y = startY + b * i;
            if (x >= 0 && y >= 0 && x < maxX && y < maxY) {
                int left = (int) x;
                int top = (int) y;
                int partX = (int) ((x - left) * PARTS);
                int partY = (int) ((y - top) * PARTS);
                int lowerRight = partX * partY;
                int upperRight = partX * PARTS - lowerRight;
                int lowerLeft = partY * PARTS - lowerRight;
                int upperLeft = PARTS * PARTS - upperRight - lowerLeft - lowerRight;
                int in = top * stride + left * Image.CHANNELS;
                int below = in + stride;
                for (int channel = 0; channel < Image.CHANNELS; channel++, in++, below++) {
                    out[at + channel] = upperLeft * (pixels[in] & 0xFF)
                            + upperRight * (pixels[in + Image.CHANNELS] & 0xFF)
                            + lowerLeft * (pixels[below] & 0xFF)
                            + lowerRight * (pixels[below + Image.CHANNELS] & 0xFF);
                }
            } else {
                lookUpAtBorder(pixels, width, height, x, y, at);
            }
        }
    }

    private void lookUpAtBorder(byte[] pixels, int width, int height, float x, float y, int at) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        int partX = (int) ((x - left) * PARTS);
        int partY = (int) ((y - top) * PARTS);
        Arrays.fill(row, at, at + Image.CHANNELS, 0);
        for (int corner = 0; corner < 4; corner++) {
            int cornerX = left + corner % 2;
            int cornerY = top + corner / 2;
            if (cornerX >= 0 && cornerY >= 0 && cornerX < width && cornerY < height) {
                int weight = (corner % 2 == 0 ? PARTS - partX : partX) * (corner < 2 ? PARTS - partY : partY);
                int in = (cornerY * width + cornerX) * Image.CHANNELS;
                for (int channel = 0; channel < Image.CHANNELS; channel++) {
                    row[at + channel] += weight * (pixels[in + channel] & 0xFF);
                }
            }
        }
    }
}
