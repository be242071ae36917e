package dev.rollcall.engine.image;

import dev.rollcall.engine.Box;
import dev.rollcall.engine.Point;

/** By how many quarter turns clockwise a picture has to be turned to stand upright. */
public enum Turn {
    NONE(0),
    /** A quarter turn clockwise. */
    RIGHT(1),
    HALF(2),
    /** A quarter turn anticlockwise. */
    LEFT(3);

    private static final Turn[] BY_QUARTERS = {NONE, RIGHT, HALF, LEFT};

    private final int quarters;

    Turn(int quarters) {
        this.quarters = quarters;
    }

    /** This turn and then another. */
    public Turn then(Turn next) {
        return BY_QUARTERS[(quarters + next.quarters) % BY_QUARTERS.length];
    }

    /** Whether width and height change places. */
    public boolean swapsSides() {
        return this == RIGHT || this == LEFT;
    }

    /**
     * Where a point of the turned picture lies in the picture before the turn.
     *
     * @param width of the picture before the turn
     * @param height of the picture before the turn
     */
    public Point undo(Point point, int width, int height) {
        return switch (this) {
            case NONE -> point;
            case RIGHT -> new Point(point.y(), height - point.x());
            case HALF -> new Point(width - point.x(), height - point.y());
            case LEFT -> new Point(width - point.y(), point.x());
        };
    }

    /** Where a rectangle of the turned picture lies in the picture before the turn. */
    public Box undo(Box box, int width, int height) {
        return switch (this) {
            case NONE -> box;
            case RIGHT -> new Box(box.top(), height - box.right(), box.bottom(), height - box.left());
            case HALF -> new Box(width - box.right(), height - box.bottom(), width - box.left(), height - box.top());
            case LEFT -> new Box(width - box.bottom(), box.left(), width - box.top(), box.right());
        };
    }
}
