package dev.rollcall.schedule;

import dev.rollcall.outcome.StoreUnavailableException;
import java.util.List;

/** Where the shifts are read that days are reckoned by. The method may throw {@link StoreUnavailableException}. */
public interface ShiftSource {

    /** All shifts, in the order of their ids. */
    List<Shift> shifts();
}
