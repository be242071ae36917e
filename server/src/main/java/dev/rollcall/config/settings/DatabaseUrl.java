package dev.rollcall.config.settings;

import dev.rollcall.store.postgres.Database;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The parser of PostgreSQL connection URIs, {@code postgresql://user:password@host:port/database?parameters}, for the JDBC
 * driver.
 */
public final class DatabaseUrl {

    private static final int DEFAULT_PORT = 5432;
    private static final int MAX_PORT = 65_535;
    private static final String SUPABASE_POOLER = ".pooler.supabase.com";
    private static final int TRANSACTION_POOLER_PORT = 6543;
    private static final String FORM = "postgresql://user:password@host:port/database";

    private DatabaseUrl() {}

    /** What is wrong with a URL; the text doesn't repeat it, since it has a password. */
    static Optional<String> problem(String url) {
        try {
            address(url);
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
    public static Database.Address address(String url) {
        URI uri = uri(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
        boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        boolean port = uri.getPort() != 0 && uri.getPort() <= MAX_PORT;
        if (!postgres || uri.getHost() == null || !port || uri.getPath().length() < 2) {
            throw new IllegalArgumentException("must have the form " + FORM);
        }
        String login = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = login.indexOf(':') < 0 ? login.length() : login.indexOf(':');
        if (uri.getHost().endsWith(SUPABASE_POOLER) && uri.getPort() == TRANSACTION_POOLER_PORT) {
            throw new IllegalArgumentException("leads to Supabase's transaction pooler, which loses the time limits and"
                    + " locks of a session: use the session pooler, port " + DEFAULT_PORT);
        }
        int toPort = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        String parameters = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new Database.Address(
                "jdbc:postgresql://" + uri.getHost() + ":" + toPort + uri.getRawPath() + parameters,
                decoded(login.substring(0, colon)),
                decoded(login.substring(Math.min(colon + 1, login.length()))));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "must have the form " + FORM + ", with special characters in the password percent-encoded");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
