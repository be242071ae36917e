package dev.rollcall.outcome;

/** What became of something that can be refused. */
public sealed interface Attempt<T> {

    record Done<T>(T value) implements Attempt<T> {}

    record Refused<T>(Refusal refusal) implements Attempt<T> {}
}
