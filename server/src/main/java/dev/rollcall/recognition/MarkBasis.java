package dev.rollcall.recognition;

import dev.rollcall.people.UserId;

/** Who a mark is of, and what it rests on. */
public sealed interface MarkBasis permits Match, PinMatch {

    UserId userId();

    String name();
}
