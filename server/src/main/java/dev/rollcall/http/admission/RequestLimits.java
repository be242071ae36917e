package dev.rollcall.http.admission;

/**
 * How large a request may be.
 *
 * @param maxImageBytes largest picture in bytes
 * @param bodyBudgetBytes memory that all requests together may hold while they are read
 */
public record RequestLimits(int maxImageBytes, long bodyBudgetBytes) {

    /** Room for the fields beside the picture, in bytes. */
    public static final int OTHER_FIELDS = 65_536;

    public RequestLimits {
        if (maxImageBytes < 1 || bodyBudgetBytes < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** The same limits with pictures up to a size, unless these have a smaller one. */
    public RequestLimits withImagesUpTo(int bytes) {
        return new RequestLimits(Math.min(maxImageBytes, bytes), bodyBudgetBytes);
    }

    /** Largest body in bytes: the picture in base64, and room for the other fields. */
    public long maxBodyBytes() {
        return (maxImageBytes + 2L) / 3 * 4 + OTHER_FIELDS;
    }
}
