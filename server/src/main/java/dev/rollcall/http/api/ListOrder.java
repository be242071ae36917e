package dev.rollcall.http.api;

import dev.rollcall.attendance.MarkOrder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.people.PeopleOrder;
import org.jspecify.annotations.Nullable;

/** The reader of the parameters that say in which order a list is; see {@link ListQuery}. */
final class ListOrder {

    private static final String NEWEST = "newest";
    private static final String OLDEST = "oldest";

    private ListOrder() {}

    /**
     * The order of people.
     *
     * @param sort a field, with or without a minus before it
     * @param order newest or oldest, the first by the time of the first enrollment; not together with {@code sort}
     */
    static PeopleOrder ofPeople(@Nullable String sort, @Nullable String order) {
        if (order == null) {
            return ofPeople(sort);
        }
        if (sort != null) {
            throw RefusedException.invalid("order", "order and sort can't be given together");
        }
        return switch (order) {
            case NEWEST -> new PeopleOrder(PeopleOrder.Field.CREATED_AT, true);
            case OLDEST -> new PeopleOrder(PeopleOrder.Field.CREATED_AT, false);
            default -> throw RefusedException.invalid("order", "order must be newest or oldest");
        };
    }

    private static PeopleOrder ofPeople(@Nullable String text) {
        return text == null
                ? PeopleOrder.BY_USER_ID
                : PeopleOrder.parse(text)
                        .orElseThrow(() -> RefusedException.invalid(
                                "sort",
                                "sort must be user_id, name, created_at or updated_at, or one of these after a minus"));
    }

    /** Whether the list begins with what came first; without the parameter it doesn't. */
    static boolean oldestFirst(@Nullable String order) {
        if (order != null && !order.equals(NEWEST) && !order.equals(OLDEST)) {
            throw RefusedException.invalid("order", "order must be newest or oldest");
        }
        return OLDEST.equals(order);
    }

    /** The order of marks; that of writing without the parameter. */
    static MarkOrder ofMarks(@Nullable String text) {
        return text == null
                ? MarkOrder.WRITTEN
                : MarkOrder.parse(text)
                        .orElseThrow(
                                () -> RefusedException.invalid("order", "order must be written, oldest or newest"));
    }
}
