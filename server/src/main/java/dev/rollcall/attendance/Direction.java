package dev.rollcall.attendance;

/** Whether a mark is an arrival or a departure. */
public enum Direction {
    IN,
    OUT
}
