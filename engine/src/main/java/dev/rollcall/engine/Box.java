package dev.rollcall.engine;

/**
 * An axis-parallel rectangle in pixels of the upright picture. Detected boxes may reach a little over the border.
 *
 * @param left x of the left edge
 * @param top y of the upper edge
 * @param right x of the right edge, greater than {@code left}
 * @param bottom y of the lower edge, greater than {@code top}
 */
public record Box(float left, float top, float right, float bottom) {

    public float width() {
        return right - left;
    }

    public float height() {
        return bottom - top;
    }

    public float area() {
        return width() * height();
    }

    public float centerX() {
        return (left + right) / 2;
    }

    public float centerY() {
        return (top + bottom) / 2;
    }

    /** The square of the given side around this box's centre. */
    public Box centeredSquare(float side) {
        float half = side / 2;
        return new Box(centerX() - half, centerY() - half, centerX() + half, centerY() + half);
    }

    /** This box in a picture that is {@code factor} times as large. */
    public Box scaled(float factor) {
        return new Box(factor * left, factor * top, factor * right, factor * bottom);
    }

    /** Intersection over union with another box, 0 (apart) to 1 (the same). */
    public float overlap(Box other) {
        float width = Math.min(right, other.right) - Math.max(left, other.left);
        float height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        if (width <= 0 || height <= 0) {
            return 0;
        }
        float shared = width * height;
        return shared / (area() + other.area() - shared);
    }
}
