package dev.rollcall.recognition.challenge;

/** What a frame does to a challenge. */
public sealed interface Verdict {

    /** It goes on, or is done when the progress is. */
    record Going(Progress progress, Hint hint) implements Verdict {}

    /** It has failed. */
    record Failed(Failure reason, int step) implements Verdict {}
}
