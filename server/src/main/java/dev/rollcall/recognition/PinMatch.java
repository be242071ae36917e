package dev.rollcall.recognition;

import dev.rollcall.people.UserId;

/** A person who typed number and PIN. */
public record PinMatch(UserId userId, String name) implements MarkBasis {}
