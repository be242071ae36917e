package dev.rollcall.files;

/** How often tests repeat what is different each time, such as a kill at a random moment. */
public final class Repetitions {

    private static final boolean IS_THOROUGH = Boolean.getBoolean("rollcall.thorough");

    private Repetitions() {}

    /**
     * The number for this build.
     *
     * @param usual the number for {@code mvn verify}
     * @param thorough the number with {@code -Drollcall.thorough=true}
     */
    public static int of(int usual, int thorough) {
        return IS_THOROUGH ? thorough : usual;
    }
}
