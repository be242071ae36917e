package dev.rollcall.people;

import org.jspecify.annotations.Nullable;

/**
 * The filter, order and page of a list of people.
 *
 * @param after the position after which the page begins, or null for the first page
 * @param limit most people, at least 1
 */
public record PeopleQuery(
        Filter filter, PeopleOrder order, @Nullable PeoplePosition after, int limit) {

    /** Everybody. */
    public static final Filter EVERYBODY = new Filter(null, null, null, null, null, null);

    /** The query of a page with another number of people. */
    PeopleQuery withLimit(int other) {
        return new PeopleQuery(filter, order, after, other);
    }

    /**
     * Who is listed; null doesn't restrict.
     *
     * @param text a part of the user id, the name or the external id, in capitals or not
     * @param hasTemplates whether there are templates of the model
     */
    public record Filter(
            @Nullable UserId userId,
            @Nullable String text,
            @Nullable Label group,
            @Nullable Label site,
            @Nullable Boolean active,
            @Nullable Boolean hasTemplates) {}
}
