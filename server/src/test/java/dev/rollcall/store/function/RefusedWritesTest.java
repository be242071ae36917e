package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For how long a refused write says that the disk is full. */
class RefusedWritesTest {

    private static final FunctionCall MARK = FunctionCall.writes("mark_attendance");

    private long now = 5_000_000_000L;
    private final RefusedWrites writes = new RefusedWrites(() -> now);

    @ParameterizedTest
    @ValueSource(strings = {"53100", "25006"})
    void refusedWrite_countsForAMinute(String state) {
        writes.failed(MARK, state);
        now += 59_000_000_000L;
        assertThat(writes.diskFull()).isTrue();

        now += 1_000_000_000L;
        assertThat(writes.diskFull()).isFalse();
    }

    @Test
    void successOfTheSameFunction_endsIt() {
        writes.failed(MARK, "53100");

        writes.succeeded(MARK.with("p_any", 1));

        assertThat(writes.diskFull()).isFalse();
    }

    /** The last use of an API key is noted where there is space, and not where there is none. */
    @Test
    void successOfAnotherFunction_doesNotEndIt() {
        writes.failed(MARK, "53100");

        writes.succeeded(FunctionCall.writesOnce("use_api_key"));
        writes.succeeded(FunctionCall.reads("find_person"));

        assertThat(writes.diskFull()).isTrue();
    }

    @Test
    void otherFailures_sayNothingAboutTheDisk() {
        writes.failed(MARK, "57014");
        writes.failed(MARK, null);
        writes.failed(MARK, "PGRST003");

        assertThat(writes.diskFull()).isFalse();
    }
}
