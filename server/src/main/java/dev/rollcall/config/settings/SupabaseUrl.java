package dev.rollcall.config.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The parser of a Supabase project's URL, {@code https://PROJECT.supabase.co} or of a self-hosted project. */
public final class SupabaseUrl {

    private static final String FORM = "must have the form https://PROJECT.supabase.co";

    private SupabaseUrl() {}

    /** What is wrong with a URL. */
    static Optional<String> problem(String url) {
        try {
            parse(url);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Parses a URL.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static URI parse(String url) {
        try {
            URI uri = new URI(url.strip());
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            if (!web || uri.getHost() == null || !bare) {
                throw new IllegalArgumentException(FORM);
            }
            if (uri.getPath().contains("/rest/v1")) {
                throw new IllegalArgumentException(FORM + ", without /rest/v1");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(FORM, e);
        }
    }
}
