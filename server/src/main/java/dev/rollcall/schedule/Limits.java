package dev.rollcall.schedule;

/** The check of numbers of minutes. */
final class Limits {

    private Limits() {}

    static void check(int minutes, int most) {
        if (minutes < 0 || minutes > most) {
            throw new IllegalArgumentException("not between 0 and " + most + " minutes: " + minutes);
        }
    }
}
