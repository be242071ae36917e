package dev.rollcall.store.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.store.function.SqlState;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The interpretation of a response of the REST interface: a function's result, or one of its errors. */
final class RestError {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern SQLSTATE = Pattern.compile("[0-9A-Z]{5}");
    private static final int LONGEST_MESSAGE = 300;
    private static final int NO_CONTENT = 204;
    private static final int SUCCESS_END = 300;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int PAUSED = 540;

    private static final String POSTGREST = "PGRST";
    private static final String NO_SUCH_FUNCTION = "PGRST202";
    private static final String NO_SUCH_SCHEMA = "PGRST106";
    private static final String NO_SCHEMA_CACHE = "PGRST002";

    /** The claims of a token were refused, also one that the gateway has just made for a secret key. */
    private static final String CLAIMS_REFUSED = "PGRST303";

    /** PostgREST had no connection to the database, so the function was not called. */
    private static final Set<String> NOT_CONNECTED = Set.of("PGRST000", "PGRST002", "PGRST003");

    /** The connection to the database was lost during the call. */
    private static final String CONNECTION_LOST = "PGRST001";

    private RestError() {}

    /** The project refuses the key, or the key's role may not call the function. */
    static final class Refused extends StoreUnavailableException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, true, null);
        }
    }

    /**
     * The token that the gateway made for the key is of the future for PostgREST's clock. This passes after some seconds.
     */
    static final class TokenNotYetValid extends StoreUnavailableException {

        private static final long serialVersionUID = 1L;

        TokenNotYetValid(String message) {
            super(message, true, null);
        }
    }

    /** The project doesn't expose the schema of the functions. */
    static final class NotExposed extends StoreUnavailableException {

        private static final long serialVersionUID = 1L;

        NotExposed(String message) {
            super(message, true, null);
        }
    }

    /** The database refused the call for its own state. */
    static final class Unavailable extends StoreUnavailableException {

        private static final long serialVersionUID = 1L;

        private final String code;

        Unavailable(String message, boolean nothingWritten, String code) {
            super(message, nothingWritten, null);
            this.code = code;
        }

        /** The SQLSTATE, or a code of PostgREST, or an empty text. */
        String code() {
            return code;
        }
    }

    /** The project's schema lacks the function. */
    static final class NoFunction extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoFunction(String message) {
            super(message);
        }
    }

    /**
     * A function's result.
     *
     * @param reads whether the function only reads
     * @throws StoreUnavailableException if the error concerns the project's state rather than the call
     */
    static JsonNode resultOf(String function, int status, byte[] body, boolean reads) {
        @Nullable JsonNode json = read(body);
        if (status < SUCCESS_END) {
            if (json == null && status != NO_CONTENT) {
                throw new StoreUnavailableException("Supabase's response is no JSON", reads, null);
            }
            return json == null ? NullNode.getInstance() : json;
        }
        JsonNode error = json == null ? MissingNode.getInstance() : json;
        String code = error.path("code").isTextual() ? error.path("code").textValue() : "";
        String message = "Supabase responded " + status + " " + code + " to " + function + ": "
                + shortened(error.path("message").asText("no reason")) + advice(status, code);
        if (code.equals(CLAIMS_REFUSED) && isOfTheFuture(error.path("message").asText())) {
            throw new TokenNotYetValid(message);
        }
        if (code.equals(NO_SUCH_SCHEMA)) {
            throw new NotExposed(message);
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw new Refused(message);
        }
        if (code.equals(NO_SUCH_FUNCTION)) {
            throw new NoFunction(message);
        }
        Optional<Boolean> nothingWritten = nothingWritten(status, code);
        if (nothingWritten.isPresent()) {
            throw new Unavailable(message, reads || nothingWritten.get(), code);
        }
        throw new IllegalStateException(message);
    }

    /** Like {@link SqlState#nothingWritten}, for the codes of PostgREST and of the gateway before it. */
    private static Optional<Boolean> nothingWritten(int status, String code) {
        if (NOT_CONNECTED.contains(code) || status == TOO_MANY || status == PAYMENT_REQUIRED || status == PAUSED) {
            return Optional.of(true);
        }
        if (code.equals(CONNECTION_LOST)) {
            return Optional.of(false);
        }
        if (SQLSTATE.matcher(code).matches()) {
            return SqlState.nothingWritten(code);
        }
        boolean ofPostgrest = code.startsWith(POSTGREST);
        return status >= SERVER_ERROR || !ofPostgrest ? Optional.of(false) : Optional.empty();
    }

    /** Whether a claim is refused that becomes valid by waiting; the messages are PostgREST's. */
    private static boolean isOfTheFuture(String message) {
        return message.contains("issued at future") || message.contains("not yet valid");
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static String advice(int status, String code) {
        if (status == PAYMENT_REQUIRED) {
            return " (the project is over its quota or unpaid: see Billing in its dashboard)";
        }
        if (status == PAUSED) {
            return " (the project is paused: resume it in its dashboard)";
        }
        return switch (code) {
            case NO_SCHEMA_CACHE ->
                " (its database can't be reached, or its Data API is switched off: see Data API in its settings)";
            case SqlState.QUERY_CANCELED ->
                " (the call took longer than Supabase allows; by DATABASE_URL it may take longer)";
            default -> SqlState.advice(code);
        };
    }

    private static @Nullable JsonNode read(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json instanceof MissingNode ? null : json;
        } catch (IOException e) {
            return null;
        }
    }
}
