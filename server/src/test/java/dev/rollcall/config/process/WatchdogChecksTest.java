package dev.rollcall.config.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class WatchdogChecksTest {

    @Test
    void heapThatStaysFullThroughManyCollections_isAFault() {
        long[] collections = {0};
        FullHeap heap = new FullHeap(() -> new FullHeap.State(++collections[0], 0.99));
        for (int look = 0; look < 12; look++) {
            assertThat(heap.fault()).isEmpty();
        }

        assertThat(heap.fault()).hasValueSatisfying(fault -> assertThat(fault).contains("heap"));
    }

    @Test
    void heapThatIsNotCollected_tellsNothing() {
        FullHeap heap = new FullHeap(() -> new FullHeap.State(1, 0.99));

        for (int look = 0; look < 100; look++) {
            assertThat(heap.fault()).isEmpty();
        }
    }

    @Test
    void heapThatFindsRoomBetween_isNoFault() {
        long[] collections = {0};
        FullHeap heap = new FullHeap(() -> new FullHeap.State(++collections[0], collections[0] % 10 == 0 ? 0.5 : 0.99));

        for (int look = 0; look < 100; look++) {
            assertThat(heap.fault()).isEmpty();
        }
    }

    @Test
    void threadThatDoesItsWork_isNoFault() {
        StuckEventLoops loops = new StuckEventLoops(() -> List.of(Runnable::run));

        for (int look = 0; look < 100; look++) {
            assertThat(loops.fault()).isEmpty();
        }
    }

    @Test
    void threadThatDoesNothingForManyLooks_isAFault() {
        List<Runnable> given = new ArrayList<>();
        List<Executor> stuck = List.of(given::add);
        StuckEventLoops loops = new StuckEventLoops(() -> stuck);
        for (int look = 0; look < 7; look++) {
            assertThat(loops.fault()).isEmpty();
        }

        assertThat(loops.fault()).hasValueSatisfying(fault -> assertThat(fault).contains("stuck"));
        assertThat(given).hasSize(1);
    }
}
