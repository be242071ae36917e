package dev.rollcall.engine.image;

import java.util.Arrays;

/**
 * Draws a turned, scaled and shifted square of a picture upright into a model's input. What lies outside the picture is
 * black. Keeps its buffer from call to call: not safe for use by several threads at once.
 */
public final class SimilaritySampler {

    /*
     * Bilinear look-up with whole numbers: a place in the picture is split into a pixel and 1/1024 parts of the way to
     * the next one, so the four weights of a look-up add up to 2^20 and a sum stays below 255 · 2^20 < 2^28. A grid of
     * look-ups is averaged one look-up at a time, before it could overflow.
     */

    private static final int PARTS = 1 << 10;
    private static final float UNIT = PARTS * PARTS;

    private int[] row = new int[0];

    /**
     * Draws the picture over all of the planes. The centre of the target pixel (x, y) is looked up in the picture at
     * {@code (a·x − b·y + shiftX, b·x + a·y + shiftY)}, both in coordinates in which pixel centres are whole numbers.
     * When the picture is more than one and a half times as fine as the target, each target pixel is the mean of a grid
     * of look-ups.
     */
    public void draw(Image image, float a, float b, float shiftX, float shiftY, Planes planes) {
        float lastX = image.storedWidth() - 1f;
        float lastY = image.storedHeight() - 1f;
        switch (image.turn()) {
            case NONE -> drawStored(image, a, b, shiftX, shiftY, planes);
            case RIGHT -> drawStored(image, b, -a, shiftY, lastY - shiftX, planes);
            case HALF -> drawStored(image, -a, -b, lastX - shiftX, lastY - shiftY, planes);
            case LEFT -> drawStored(image, -b, a, lastX - shiftY, shiftX, planes);
        }
    }

    private void drawStored(Image image, float a, float b, float shiftX, float shiftY, Planes planes) {
        int grid = Math.max(1, Math.round((float) Math.hypot(a, b)));
        int width = planes.width();
        if (row.length < width * Image.CHANNELS) {
            row = new int[width * Image.CHANNELS];
        }
        for (int y = 0; y < planes.height(); y++) {
            Arrays.fill(row, 0);
            for (int gridY = 0; gridY < grid; gridY++) {
                float dy = y + (gridY + 0.5f) / grid - 0.5f;
                for (int gridX = 0; gridX < grid; gridX++) {
                    float dx = (gridX + 0.5f) / grid - 0.5f;
                    addRow(image, a, b, a * dx - b * dy + shiftX, b * dx + a * dy + shiftY, width, grid * grid);
                }
            }
            planes.setLine(y * width, 1, row, UNIT, width);
        }
    }

    /** Adds look-ups along a line that starts at (startX, startY) and goes on by (a, b), each divided by a share. */
    private void addRow(Image image, float a, float b, float startX, float startY, int count, int share) {
        byte[] pixels = image.pixels();
        int[] out = row;
        int stride = image.storedWidth() * Image.CHANNELS;
        float maxX = image.storedWidth() - 1;
        float maxY = image.storedHeight() - 1;
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
                    int sum = upperLeft * (pixels[in] & 0xFF)
                            + upperRight * (pixels[in + Image.CHANNELS] & 0xFF)
                            + lowerLeft * (pixels[below] & 0xFF)
                            + lowerRight * (pixels[below + Image.CHANNELS] & 0xFF);
                    out[at + channel] += share == 1 ? sum : sum / share;
                }
            } else {
                addAtBorder(image, x, y, at, share);
            }
        }
    }

    private void addAtBorder(Image image, float x, float y, int at, int share) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        int partX = (int) ((x - left) * PARTS);
        int partY = (int) ((y - top) * PARTS);
        addPixel(image, left, top, (PARTS - partX) * (PARTS - partY) / share, at);
        addPixel(image, left + 1, top, partX * (PARTS - partY) / share, at);
        addPixel(image, left, top + 1, (PARTS - partX) * partY / share, at);
        addPixel(image, left + 1, top + 1, partX * partY / share, at);
    }

    private void addPixel(Image image, int x, int y, int weight, int at) {
        if (x < 0 || y < 0 || x >= image.storedWidth() || y >= image.storedHeight()) {
            return;
        }
        int in = (y * image.storedWidth() + x) * Image.CHANNELS;
        for (int channel = 0; channel < Image.CHANNELS; channel++) {
            row[at + channel] += weight * (image.pixels()[in + channel] & 0xFF);
        }
    }
}
