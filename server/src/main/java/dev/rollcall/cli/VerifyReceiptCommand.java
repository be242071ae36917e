package dev.rollcall.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.receipts.Receipt;
import dev.rollcall.receipts.Receipt.Verification;
import dev.rollcall.receipts.ReceiptKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rollcall verify-receipt}, which needs no service and no database. */
@Command(
        name = "verify-receipt",
        description = "Verify a receipt of a mark, and print what it says. Fails if it proves nothing.",
        mixinStandardHelpOptions = true)
final class VerifyReceiptCommand implements Callable<Integer> {

    private static final int MAX_BYTES = 65_536;
    private static final int INVALID = 1;
    private static final int OK = 200;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "The receipt: its text, or the answer of GET /v1/attendance/ID/receipt; - for the standard input.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Option(
            names = "--keys",
            required = true,
            paramLabel = "FILE|ADDRESS",
            description =
                    "The public keys: a file with what /.well-known/jwks.json answers, or that address: https, or http of"
                            + " this machine.")
    @SuppressWarnings("NullAway.Init")
    private String keys;

    @Override
    public Integer call() throws InterruptedException {
        try {
            return verify();
        } catch (IOException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("rollcall: " + e.getMessage());
            err.flush();
            return INVALID;
        }
    }

    private int verify() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<ReceiptKey> known = known();
        out.println("Keys: " + known.stream().map(ReceiptKey::id).collect(Collectors.joining(", ")));
        Verification verification = Receipt.verify(receipt(read(file)), known);
        if (verification instanceof Verification.Invalid invalid) {
            out.println("NOT VALID: " + invalid.reason());
            out.flush();
            return INVALID;
        }
        Verification.Valid valid = (Verification.Valid) verification;
        JsonNode payload = valid.receipt().payload();
        out.println("Valid: signed with the key " + valid.key().id() + ", at "
                + Instant.ofEpochSecond(payload.path("iat").asLong()));
        out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(payload));
        out.flush();
        return 0;
    }

    private static String receipt(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith("{")) {
            return stripped;
        }
        try {
            return JSON.readTree(stripped).path("receipt").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private List<ReceiptKey> known() throws IOException, InterruptedException {
        boolean isAddress = keys.startsWith("https://") || keys.startsWith("http://");
        try {
            return Receipt.keys(isAddress ? fetched(keys) : read(keys));
        } catch (JsonProcessingException e) {
            throw new IOException(keys + " has no public keys: it is no JSON", e);
        }
    }

    private static String fetched(String text) throws IOException, InterruptedException {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException e) {
            throw new IOException(text + " is no address", e);
        }
        if (address.getHost() == null || !isTrustworthy(address)) {
            throw new IOException(
                    address + " is not https: whoever can change what comes from there could give another key");
        }
        try {
            return fetched(address);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "no connection" : e.getMessage();
            throw new IOException("the keys can't be read from " + address + ": " + reason, e);
        }
    }

    private static String fetched(URI address) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
        HttpResponse<InputStream> answer = http.send(
                HttpRequest.newBuilder(address).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != OK) {
                throw new IOException("the answer is " + answer.statusCode());
            }
            return bounded(body);
        }
    }

    /** Whether nobody between can change what comes from an address. */
    private static boolean isTrustworthy(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return "https".equalsIgnoreCase(address.getScheme())
                || host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    private static String read(String file) throws IOException {
        if (file.equals("-")) {
            return bounded(System.in);
        }
        try (InputStream in = Files.newInputStream(CalledFrom.resolve(Path.of(file)))) {
            return bounded(in);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + e.getFile(), e);
        } catch (IOException e) {
            throw new IOException(file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static String bounded(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("it is larger than a receipt or its keys can be");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
