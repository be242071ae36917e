package dev.rollcall.people;

/**
 * A position in a list of people: after a person, who need no longer be there.
 *
 * @param value what the person was sorted by, as text; empty in an order by user id
 */
public record PeoplePosition(UserId userId, String value) {}
