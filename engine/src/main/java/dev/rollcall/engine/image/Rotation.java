package dev.rollcall.engine.image;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.Point;

/** A rotation by quarter turns clockwise that makes a picture upright. */
public enum Rotation {
    NONE(0),
    /** A quarter turn clockwise. */
    RIGHT(1),
    HALF(2),
    /** A quarter turn anticlockwise. */
    LEFT(3);

    private static final Rotation[] BY_QUARTERS = {NONE, RIGHT, HALF, LEFT};

    private final int quarters;

    Rotation(int quarters) {
        this.quarters = quarters;
    }

    /** This rotation followed by another. */
    public Rotation then(Rotation next) {
        return BY_QUARTERS[(quarters + next.quarters) % BY_QUARTERS.length];
    }

    /** Whether width and height change places. */
    public boolean swapsSides() {
        return this == RIGHT || this == LEFT;
    }

    /**
     * The coordinates of a point of the rotated picture in the picture before the rotation.
     *
     * @param width of the picture before the rotation
     * @param height of the picture before the rotation
     */
    public Point undo(Point point, int width, int height) {
        return switch (this) {
            case NONE -> point;
            case RIGHT -> new Point(point.y(), height - point.x());
            case HALF -> new Point(width - point.x(), height - point.y());
            case LEFT -> new Point(width - point.y(), point.x());
        };
    }

    /** The coordinates of a rectangle of the rotated picture in the picture before the rotation. */
    public Box undo(Box box, int width, int height) {
        return switch (this) {
            case NONE -> box;
            case RIGHT -> new Box(box.top(), height - box.right(), box.bottom(), height - box.left());
            case HALF -> new Box(width - box.right(), height - box.bottom(), width - box.left(), height - box.top());
            case LEFT -> new Box(width - box.bottom(), box.left(), width - box.top(), box.right());
        };
    }
}
