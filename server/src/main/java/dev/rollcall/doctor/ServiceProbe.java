package dev.rollcall.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Asks what listens where the settings say that the service does. */
public final class ServiceProbe {

    private static final int TIMEOUT_MS = 4_000;
    private static final int MOST_BYTES = 100_000;
    private static final JsonMapper JSON = new JsonMapper();

    private ServiceProbe() {}

    /** What was found. */
    public sealed interface Found {

        /** Nothing listens there. */
        record Nothing() implements Found {}

        /**
         * Something listens that doesn't respond as Rollcall does.
         *
         * @param how what it did instead
         */
        record Other(String how) implements Found {}

        /**
         * A service.
         *
         * @param health its report
         */
        record Rollcall(JsonNode health) implements Found {}
    }

    /**
     * Asks for the health report.
     *
     * @param service the address of the service, such as {@code http://127.0.0.1:8000}
     */
    public static Found at(URI service) {
        try {
            JsonNode health = JSON.readTree(body(service.resolve("/health")));
            return health.path("status").isTextual() && health.path("engine").isObject()
                    ? new Found.Rollcall(health)
                    : new Found.Other("its /health is not Rollcall's");
        } catch (ConnectException e) {
            return new Found.Nothing();
        } catch (IOException e) {
            return new Found.Other(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the service sends a page. */
    public static boolean hasPage(URI page) {
        try {
            return open(page).getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] body(URI address) throws IOException {
        HttpURLConnection connection = open(address);
        boolean isError = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream in = isError ? connection.getErrorStream() : connection.getInputStream()) {
            return in == null ? new byte[0] : in.readNBytes(MOST_BYTES);
        }
    }

    private static HttpURLConnection open(URI address) throws IOException {
        URLConnection connection = address.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        if (connection instanceof HttpsURLConnection https) {
            https.setSSLSocketFactory(anyCertificate());
            https.setHostnameVerifier((host, session) -> true);
        }
        return (HttpURLConnection) connection;
    }

    /** Accepts each certificate: the address is this machine's own, and nothing secret is sent. */
    private static SSLSocketFactory anyCertificate() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no TLS", e);
        }
    }

    private static final class Trusting implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authentication) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authentication) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
