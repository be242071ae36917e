package dev.rollcall.sites;

/**
 * A position on earth, as a device reports it.
 *
 * @param latitude degrees north, −90…90 (WGS 84)
 * @param longitude degrees east, −180…180
 * @param accuracyM the radius in metres around it within which the device is, with the probability that the device works with
 *     (95 % in browsers); 0 or more
 */
public record Position(double latitude, double longitude, double accuracyM) {

    public Position {
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && accuracyM >= 0)) {
            throw new IllegalArgumentException("no position on earth");
        }
    }

    /** Not the position, so that no log can show it. */
    @Override
    public String toString() {
        return "Position";
    }
}
