package dev.rollcall.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PictureMemoryTest {

    private static final long TOTAL = 1 << 20;

    private final PictureMemory memory = new PictureMemory(TOTAL);
    private final List<String> order = new CopyOnWriteArrayList<>();

    @Test
    void largeShare_isNotOvertakenByLaterSmallOnes() throws InterruptedException {
        memory.take(TOTAL / 2);
        Thread large = taking("large", TOTAL);
        Thread small = taking("small", 1);

        assertThat(order).isEmpty();
        memory.giveBack(TOTAL / 2);
        large.join();
        small.join();

        assertThat(order).containsExactly("large", "small");
        assertThat(memory.available()).isEqualTo(TOTAL);
    }

    @Test
    void interruptedThread_waitsOnAndStaysInterrupted() throws InterruptedException {
        memory.take(TOTAL);
        Thread waiting = taking("interrupted", TOTAL);
        waiting.interrupt();
        assertThat(waiting.isAlive()).isTrue();

        memory.giveBack(TOTAL);
        waiting.join();

        assertThat(order).containsExactly("interrupted", "still interrupted");
    }

    @Test
    void shareLargerThanTheTotal_isRefused() {
        assertThatThrownBy(() -> memory.take(TOTAL + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PictureMemory(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void givenBackBytes_areAvailableAgain(@ForAll @LongRange(min = 0, max = TOTAL) long bytes) {
        PictureMemory fresh = new PictureMemory(TOTAL);
        fresh.take(bytes);
        assertThat(fresh.available()).isLessThanOrEqualTo(TOTAL - bytes);

        fresh.giveBack(bytes);

        assertThat(fresh.available()).isEqualTo(TOTAL);
    }

    @Test
    void unlimitedMemory_neverWaits() {
        PictureMemory unlimited = PictureMemory.unlimited();
        unlimited.take(1L << 40);

        assertThat(unlimited.available()).isPositive();
    }

    private Thread taking(String name, long bytes) {
        Thread thread = new Thread(() -> {
            memory.take(bytes);
            order.add(name);
            if (Thread.currentThread().isInterrupted()) {
                order.add("still " + name);
            }
            memory.giveBack(bytes);
        });
        thread.start();
        while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }
}
