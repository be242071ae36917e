package dev.rollcall.recognition.challenge;

import org.jspecify.annotations.Nullable;

/**
 * How many frames looked alive.
 *
 * @param frames whose liveness was measured
 * @param alive that passed the threshold
 */
public record Tally(int frames, int alive) {

    static final Tally NONE = new Tally(0, 0);

    Tally with(@Nullable Boolean looksAlive) {
        return looksAlive == null ? this : new Tally(frames + 1, alive + (looksAlive ? 1 : 0));
    }

    /** Whether more than half look alive, or none was measured. */
    boolean passes() {
        return frames == 0 || 2 * alive > frames;
    }
}
