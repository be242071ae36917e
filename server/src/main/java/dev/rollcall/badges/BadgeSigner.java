package dev.rollcall.badges;

import dev.rollcall.people.UserId;

/** Signs the badges of one issue, and checks them: the issue, and the 32 bytes of a site's key. */
public final class BadgeSigner {

    private final String issue;
    private final byte[] key;

    /** Holds the values; the key is not copied. */
    public BadgeSigner(String issue, byte[] key) {
        this.issue = issue;
        this.key = key;
    }

    Badge badge(UserId userId) {
        return Badge.signed(userId, issue, key);
    }

    boolean accepts(Badge badge) {
        return badge.isValid(issue, key);
    }

    /** Neither of the values, with which badges can be made. */
    @Override
    public String toString() {
        return "the signer of a badge";
    }
}
