package dev.rollcall.keys;

import java.time.Instant;

/** When something is done, and by whom. */
public record By(Instant at, Caller caller) {}
