package dev.rollcall.keys;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an API key permits. */
public enum Scope {
    /** Everything. */
    ADMIN,
    /** Enrolling people. */
    ENROLL,
    /** Recognising people and writing their marks, and nothing else: for kiosks. */
    RECOGNIZE,
    /** Reading people and marks. */
    READ,
    /** Reading user ids and names of active people, and nothing else: for kiosks on which people are searched for. */
    DIRECTORY,
    /** Marking oneself and reading one's own marks, and nothing else: for the phone of one person. */
    SELF;

    /** Whether the held scopes include this one. An admin key is bound to no person, so it doesn't include self. */
    public boolean within(Set<Scope> held) {
        return held.contains(this) || (this != SELF && held.contains(ADMIN));
    }

    /** Whether a key of this scope may be created for whoever asks for it; one of a person is created by the person's link alone. */
    public boolean isForAnyKey() {
        return this != SELF;
    }

    /** The scope's name in settings, requests and responses. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of a name, or empty if there is none. */
    public static Optional<Scope> parse(String text) {
        for (Scope scope : values()) {
            if (scope.text().equals(text)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
