package dev.rollcall.sites;

import java.time.Instant;

/**
 * A place where marks are made.
 *
 * @param id of the form {@link #ID}
 * @param name its name in lists
 * @param active whether faces are recognised and marks made there
 * @param rules its own rules
 * @param updatedAt when its name, activity or rules were last changed
 */
public record Site(String id, String name, boolean active, SiteRules rules, Instant createdAt, Instant updatedAt) {

    /** The site that exists always, and is always active. */
    public static final String DEFAULT = "default";

    /** Most characters of an id. */
    public static final int MAX_ID_LENGTH = 64;

    /** The form of an id, as a regular expression. */
    public static final String ID = "[a-z0-9][a-z0-9_-]{0,63}";

    /** The form of an id in words. */
    public static final String ID_RULE = "1 to 64 lower-case letters, digits, - and _, the first one a letter or digit";
}
