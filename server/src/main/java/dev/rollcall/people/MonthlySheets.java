package dev.rollcall.people;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The months of a person as sheets show them, for the export of the person: they are reckoned and not stored. */
public interface MonthlySheets {

    /** Of exports without sheets. */
    MonthlySheets NONE = (userId, first) -> List.of();

    /**
     * The months from the one of a date to the present one, in their order, each by snake_case names; none for somebody who was erased.
     *
     * @param first the first work date with a mark
     * @throws StoreUnavailableException if they can't be read
     */
    List<Map<String, Object>> since(UserId userId, LocalDate first);
}
