package dev.rollcall.doctor;

import java.time.Duration;
import java.time.Instant;

/** The check of a certificate's end. */
public final class CertificateCheck {

    /** Below this the service's own health report warns. */
    private static final long LOW_DAYS = 21;

    private static final String SUBJECT = "certificate";

    private CertificateCheck() {}

    /** A certificate that ends at an instant. */
    public static Finding of(Instant end, Instant now) {
        return of(
                end.toString(),
                Math.floorDiv(
                        Duration.between(now, end).toSeconds(),
                        Duration.ofDays(1).toSeconds()));
    }

    static Finding of(String end, long daysLeft) {
        if (daysLeft < 0) {
            return Finding.wrong(SUBJECT, "ended at " + end, "renew it: docs/https.md");
        }
        String says = "valid until %s, %,d days".formatted(end, daysLeft);
        return daysLeft < LOW_DAYS
                ? Finding.wrong(
                        SUBJECT, says, "renew it: docs/https.md. A running service reads new files within an hour")
                : Finding.ok(SUBJECT, says);
    }
}
