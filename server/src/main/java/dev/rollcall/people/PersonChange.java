package dev.rollcall.people;

import org.jspecify.annotations.Nullable;

/**
 * A change of a person; null leaves a field as it is.
 *
 * @param group the new group, or none
 * @param externalId the new id in another system, or none
 * @param site the only site where the person is recognised, or none for every site
 */
public record PersonChange(
        @Nullable PersonName name,
        @Nullable Label group,
        @Nullable Label externalId,
        @Nullable Boolean active,
        @Nullable Label site) {}
