package dev.rollcall.webhooks;

import dev.rollcall.webhooks.Delivery.DeliveryProblem;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A client of HTTP/1.1 that posts a body and reads the head of the answer, over a connection of its own for each. Safe for use by several
 * threads.
 *
 * <p>The name is resolved once, all its addresses are checked, and the connection is made to the first of these that accepts one:
 * java.net.http would resolve it again, and could get another one then. The certificate must be valid for the name. No redirect is followed and no proxy used. One limit
 * holds for connections, TLS and answer together; at its end the connection is closed, however slowly bytes arrive. The time of the
 * name's resolution is the system's.
 */
public final class HttpSender implements Sending, AutoCloseable {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final TargetRules rules;
    private final SSLSocketFactory tls;
    private final Resolver resolver;
    private final Duration limit;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, HttpSender::daemon);

    /** Finds the addresses of a name. */
    interface Resolver {

        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    /**
     * Creates a client that trusts what this Java trusts.
     *
     * @param limit most time of one post
     */
    public HttpSender(TargetRules rules, Duration limit) {
        this(
                rules,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                host -> List.of(InetAddress.getAllByName(host)),
                limit);
    }

    HttpSender(TargetRules rules, SSLSocketFactory tls, Resolver resolver, Duration limit) {
        this.rules = rules;
        this.tls = tls;
        this.resolver = resolver;
        this.limit = limit;
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(1, TimeUnit.MINUTES);
        timer.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "webhook-timer");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Answer post(URI url, Map<String, String> headers, byte[] body) {
        boolean isHttps = url.getScheme().equalsIgnoreCase("https");
        List<InetAddress> all;
        try {
            all = resolver.addresses(host(url));
        } catch (UnknownHostException e) {
            return new Answer.Failed(DeliveryProblem.NAME_UNKNOWN);
        }
        if (all.isEmpty()) {
            return new Answer.Failed(DeliveryProblem.NAME_UNKNOWN);
        }
        if (!all.stream().allMatch(one -> rules.allows(one, isHttps))) {
            return new Answer.Failed(DeliveryProblem.TARGET_NOT_ALLOWED);
        }
        int port = url.getPort() == -1 ? isHttps ? HTTPS : HTTP : url.getPort();
        return exchanged(
                all.stream().map(one -> new InetSocketAddress(one, port)).toList(), url, headers, body);
    }

    /** Without the brackets of an IPv6 address. */
    private static String host(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private Answer exchanged(List<InetSocketAddress> to, URI url, Map<String, String> headers, byte[] body) {
        long end = System.nanoTime() + limit.toNanos();
        AtomicBoolean isLate = new AtomicBoolean();
        try (Socket plain = connected(to, end)) {
            long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
            ScheduledFuture<?> close = timer.schedule(() -> closeLate(plain, isLate), left, TimeUnit.MILLISECONDS);
            try {
                plain.setSoTimeout((int) left);
                plain.setTcpNoDelay(true);
                return exchanged(plain, url, headers, body);
            } finally {
                close.cancel(false);
            }
        } catch (IOException e) {
            return new Answer.Failed(isLate.get() ? DeliveryProblem.TIMED_OUT : problem(e));
        }
    }

    /**
     * A connection to the first address that accepts one. Nothing is sent before. An address that doesn't answer takes its share of the time
     * that is left, so that later ones have theirs.
     */
    private static Socket connected(List<InetSocketAddress> to, long end) throws IOException {
        int next = 0;
        while (true) {
            InetSocketAddress address = to.get(next++);
            long share = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) / (to.size() - next + 1);
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                socket.connect(address, (int) Math.max(1, share));
                return socket;
            } catch (IOException e) {
                socket.close();
                if (next == to.size()) {
                    throw e instanceof SocketTimeoutException ? e : new ConnectException(e.getMessage());
                }
            }
        }
    }

    private Answer exchanged(Socket plain, URI url, Map<String, String> headers, byte[] body) throws IOException {
        if (!url.getScheme().equalsIgnoreCase("https")) {
            return exchange(plain, url, headers, body);
        }
        try (SSLSocket socket = (SSLSocket) tls.createSocket(plain, host(url), plain.getPort(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return exchange(socket, url, headers, body);
        }
    }

    private static Answer exchange(Socket socket, URI url, Map<String, String> headers, byte[] body)
            throws IOException {
        socket.getOutputStream().write(request(url, headers, body));
        InputStream in = socket.getInputStream();
        return AnswerHead.read(in);
    }

    private static byte[] request(URI url, Map<String, String> headers, byte[] body) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        StringBuilder head = new StringBuilder("POST ")
                .append(path)
                .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getHost())
                .append(url.getPort() == -1 ? "" : ":" + url.getPort())
                .append("\r\nConnection: close\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[start.length + body.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        return whole;
    }

    private static void closeLate(Socket socket, AtomicBoolean isLate) {
        isLate.set(true);
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    private static DeliveryProblem problem(IOException e) {
        if (e instanceof SSLException) {
            return DeliveryProblem.TLS;
        }
        if (e instanceof SocketTimeoutException) {
            return DeliveryProblem.TIMED_OUT;
        }
        return e instanceof ConnectException ? DeliveryProblem.NOT_CONNECTED : DeliveryProblem.CLOSED;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
