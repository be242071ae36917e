package dev.rollcall.store.supabase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.store.function.FunctionCall;
import dev.rollcall.store.function.FunctionCall.Effect;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The client of a project's REST interface (PostgREST). Only calls of functions are used: POST {@code /rest/v1/rpc/NAME} with a JSON
 * object of named arguments; the response is the function's JSON, or an error object with a code. Safe for use by several threads.
 *
 * <p>Source: the PostgREST reference, "Functions as RPC" and "Errors", and Supabase's guide "API keys".
 */
final class RestClient {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final int ERRORS_FROM = 300;

    /** Supabase's secret and publishable keys; older keys are JSON web tokens. */
    private static final String OPAQUE_KEY = "sb_";

    /** Connections are given up before the other side does, so that no call is sent into a closing one. */
    private static final String KEEP_ALIVE_PROPERTY = "jdk.httpclient.keepalive.timeout";

    private static final String KEEP_ALIVE_SECONDS = "20";

    /** The schema of the functions, whichever the project exposes first. */
    private static final String SCHEMA = "public";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final URI functions;
    private final String key;

    RestClient(SupabaseProject.Address address) {
        String url = address.url().toString();
        functions = URI.create((url.endsWith("/") ? url : url + "/") + "rest/v1/rpc/");
        key = address.key();
        if (System.getProperty(KEEP_ALIVE_PROPERTY) == null) {
            System.setProperty(KEEP_ALIVE_PROPERTY, KEEP_ALIVE_SECONDS);
        }
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Makes a call once.
     *
     * @param limit of the whole response
     * @throws StoreUnavailableException if there is no result; it says whether nothing was written
     */
    JsonNode send(FunctionCall call, Duration limit) {
        HttpRequest.Builder request = HttpRequest.newBuilder(functions.resolve(call.function()))
                .timeout(limit)
                .header("apikey", key)
                .header("Content-Profile", SCHEMA)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json(call.arguments())));
        if (!key.startsWith(OPAQUE_KEY)) {
            request.header("Authorization", "Bearer " + key);
        }
        boolean reads = call.effect() == Effect.READS;
        try {
            HttpResponse<byte[]> answer = exchange(request.build(), limit);
            return RestError.resultOf(call.function(), answer.statusCode(), withoutKey(answer), reads);
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw unreachable(e, true);
        } catch (IOException e) {
            boolean neverSent = e.getCause() instanceof UnresolvedAddressException;
            throw unreachable(e, neverSent || reads);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e, reads);
        }
    }

    /** Sends a request and waits for the whole response; the limit of a request itself ends with the response's headers. */
    private HttpResponse<byte[]> exchange(HttpRequest request, Duration limit)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no complete response in " + limit.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            response.cancel(true);
        }
    }

    /** The body, in which an error's text may repeat the key. */
    private byte[] withoutKey(HttpResponse<byte[]> response) {
        if (response.statusCode() < ERRORS_FROM) {
            return response.body();
        }
        String text = new String(response.body(), StandardCharsets.UTF_8);
        return text.replace(key, "(the key)").getBytes(StandardCharsets.UTF_8);
    }

    private static StoreUnavailableException unreachable(Exception e, boolean nothingWritten) {
        return new StoreUnavailableException("Supabase doesn't respond: " + e, nothingWritten, e);
    }

    private static byte[] json(Map<String, ?> arguments) {
        try {
            return JSON.writeValueAsBytes(arguments);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("arguments that are no JSON", e);
        }
    }
}
