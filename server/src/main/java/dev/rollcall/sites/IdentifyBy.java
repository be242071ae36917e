package dev.rollcall.sites;

/** What a mark by a face rests on at a site, each more than the one before. */
public enum IdentifyBy {
    /** The face alone is enough; a number or a badge may be given with it. */
    FACE,
    /** The face and a number, or a badge. */
    NUMBER,
    /** The face and a badge. */
    BADGE
}
