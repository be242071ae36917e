package dev.rollcall.engine.onnx.compute;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The scratches of a model that no thread uses. As many are kept as there were threads at once. Safe for use by several threads. */
final class Scratches {

    private final List<ScratchSize> needs;
    private final ConcurrentLinkedDeque<Scratch> idle = new ConcurrentLinkedDeque<>();

    Scratches(List<ScratchSize> needs) {
        this.needs = List.copyOf(needs);
    }

    Scratch take() {
        Scratch kept = idle.pollFirst();
        return kept != null ? kept : new Scratch(needs);
    }

    void giveBack(Scratch scratch) {
        idle.addFirst(scratch);
    }
}
