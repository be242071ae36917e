package dev.rollcall.http.api;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.JsonBody;
import java.io.InputStream;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the link for a person's phone is to be like.
 *
 * @param site the id of a site, which need not exist; null if none was given
 * @param origin where phones reach the service, such as {@code https://rollcall.example.org}; null if it was not given
 */
record PhoneLinkRequest(@Nullable String site, @Nullable String origin) {

    private static final String SITE = "site";
    private static final String ORIGIN = "origin";
    private static final String TOKEN = "token";

    /** A scheme and an authority: a name, or an address of IPv6 in brackets, and perhaps a port. */
    private static final Pattern VALID_ORIGIN =
            Pattern.compile("https?://([A-Za-z0-9][A-Za-z0-9._-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}\\])(:\\d{1,5})?");

    static PhoneLinkRequest read(InputStream body, long length) {
        JsonBody json = JsonBody.readIfAny(body, length, Set.of(SITE, ORIGIN));
        String origin = json.text(ORIGIN);
        if (origin != null && !isOrigin(origin)) {
            throw RefusedException.invalid(
                    ORIGIN, "origin must be a scheme, a host and a port if any, such as https://rollcall.example.org");
        }
        return new PhoneLinkRequest(ListQuery.site(json.text(SITE)), origin);
    }

    static boolean isOrigin(String text) {
        return VALID_ORIGIN.matcher(text).matches();
    }

    /** The token of a link, whatever it is. */
    static String token(InputStream body, long length) {
        return JsonBody.read(body, length, Set.of(TOKEN)).required(TOKEN);
    }
}
