package dev.rollcall.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.webhooks.Delivery.DeliveryProblem;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes of sending an event to receivers of all kinds. */
class HttpSenderTest {

    private static final TargetRules PRIVATE = new TargetRules(true);
    /** For cases that must answer, however loaded the machine is. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** For cases that end at the limit. */
    private static final Duration SHORT = Duration.ofMillis(400);

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void statusOfTheAnswer_isTheResult() throws Exception {
        try (Receiver receiver = Receiver.start(Receiver.status(204))) {
            assertThat(sent(receiver)).isEqualTo(new Answer.Status(204, Optional.empty()));
            assertThat(receiver.requests().get(0))
                    .startsWith("POST /hook?a=b HTTP/1.1\nHost: 127.0.0.1:")
                    .contains("\nConnection: close\n", "\nwebhook-id: 7\n")
                    .endsWith("{}");
        }
    }

    @Test
    void interimAnswersAndRetryAfter_areUnderstood() throws Exception {
        try (Receiver receiver = Receiver.start(
                Receiver.text("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Busy\r\nRetry-After: 30\r\n\r\n"))) {
            assertThat(sent(receiver)).isEqualTo(new Answer.Status(503, Optional.of(Duration.ofSeconds(30))));
        }
    }

    @Test
    void redirect_isNotFollowed() throws Exception {
        AtomicInteger reached = new AtomicInteger();
        try (Receiver target = Receiver.start((socket, number) -> reached.incrementAndGet());
                Receiver receiver = Receiver.start(Receiver.text("HTTP/1.1 307 Moved\r\nLocation: "
                        + target.url("http", "127.0.0.1") + "\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(sent(receiver)).isEqualTo(new Answer.Status(307, Optional.empty()));
        }
        assertThat(reached).hasValue(0);
    }

    @Test
    void receiverThatHangs_isLeftAtTheLimit() throws Exception {
        try (Receiver receiver = Receiver.start((socket, number) -> Thread.sleep(5_000))) {
            assertThat(sentShortly(receiver)).isEqualTo(new Answer.Failed(DeliveryProblem.TIMED_OUT));
        }
    }

    @Test
    void receiverThatSendsAByteNowAndThen_isLeftAtTheLimit() throws Exception {
        try (Receiver receiver = Receiver.start((socket, number) -> {
            for (int sent = 0; sent < 100; sent++) {
                socket.getOutputStream().write('H');
                Thread.sleep(50);
            }
        })) {
            assertThat(sentShortly(receiver)).isEqualTo(new Answer.Failed(DeliveryProblem.TIMED_OUT));
        }
    }

    @Test
    void hugeHead_isNotReadToItsEnd() throws Exception {
        AtomicInteger written = new AtomicInteger();
        try (Receiver receiver = Receiver.start((socket, number) -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            byte[] part = new byte[65_536];
            Arrays.fill(part, (byte) 'x');
            while (true) {
                socket.getOutputStream().write(part);
                written.addAndGet(part.length);
            }
        })) {
            assertThat(sent(receiver)).isEqualTo(new Answer.Failed(DeliveryProblem.BAD_ANSWER));
        }
        assertThat(written.get()).isLessThan(50_000_000);
    }

    @Test
    void hugeBody_isNotRead() throws Exception {
        try (Receiver receiver = Receiver.start((socket, number) -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write(new byte[65_536]);
            }
        })) {
            assertThat(sent(receiver)).isEqualTo(new Answer.Status(200, Optional.empty()));
        }
    }

    @Test
    void closedConnectionAndOtherProtocols_areFailures() throws Exception {
        try (Receiver closes = Receiver.start((socket, number) -> {});
                Receiver other = Receiver.start(Receiver.text("220 mail.example.com ESMTP\r\n"))) {
            assertThat(sent(closes)).isEqualTo(new Answer.Failed(DeliveryProblem.CLOSED));
            assertThat(sent(other)).isEqualTo(new Answer.Failed(DeliveryProblem.BAD_ANSWER));
        }
    }

    @Test
    void portWithoutAReceiver_isNotConnected() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        URI url = URI.create("http://127.0.0.1:" + port + "/");

        assertThat(sent(url, PRIVATE, List.of("127.0.0.1")))
                .isEqualTo(new Answer.Failed(DeliveryProblem.NOT_CONNECTED));
    }

    @Test
    void addressThatRefuses_isFollowedByTheNextOne() throws Exception {
        try (Receiver receiver = Receiver.start(Receiver.status(204))) {
            URI url = receiver.url("http", "hook.example.com");

            assertThat(sent(url, PRIVATE, List.of("127.0.0.9", "127.0.0.8", "127.0.0.1")))
                    .isEqualTo(new Answer.Status(204, Optional.empty()));
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void receiverThatClosesAfterTheRequest_isNotFollowedByAnotherAddress() throws Exception {
        try (Receiver receiver = Receiver.start((socket, number) -> {})) {
            URI url = receiver.url("http", "hook.example.com");

            assertThat(sent(url, PRIVATE, List.of("127.0.0.1", "127.0.0.1")))
                    .isEqualTo(new Answer.Failed(DeliveryProblem.CLOSED));
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void proxyOfTheJavaMachine_isNotUsed() throws Exception {
        Map<String, String> proxy =
                Map.of("socksProxyHost", "127.0.0.9", "socksProxyPort", "9", "socksNonProxyHosts", "");
        Map<String, String> before = new HashMap<>();
        proxy.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
        try (Receiver receiver = Receiver.start(Receiver.status(204))) {
            assertThat(sent(receiver)).isEqualTo(new Answer.Status(204, Optional.empty()));
        } finally {
            before.forEach((name, value) -> {
                if (value == null) {
                    System.clearProperty(name);
                } else {
                    System.setProperty(name, value);
                }
            });
        }
    }

    @Test
    void nameWithoutAnAddress_isAFailure() {
        assertThat(sent(URI.create("https://nobody.invalid/"), PRIVATE, List.of()))
                .isEqualTo(new Answer.Failed(DeliveryProblem.NAME_UNKNOWN));
    }

    @Test
    void nameThatLeadsToAPrivateAddress_isNotConnectedTo() throws Exception {
        try (Receiver receiver = Receiver.start(Receiver.status(200))) {
            TargetRules rules = new TargetRules(false);
            for (List<String> addresses :
                    List.of(List.of("127.0.0.1"), List.of("93.184.215.14", "127.0.0.1"), List.of("169.254.169.254"))) {
                assertThat(sent(receiver.url("https", "hook.example.com"), rules, addresses))
                        .isEqualTo(new Answer.Failed(DeliveryProblem.TARGET_NOT_ALLOWED));
            }
            assertThat(receiver.requests()).isEmpty();
        }
    }

    /** As a name does whose owner answers the second question otherwise. */
    @Test
    void name_isResolvedOnce() throws Exception {
        AtomicInteger questions = new AtomicInteger();
        try (Receiver receiver = Receiver.start(Receiver.status(200));
                HttpSender sender = new HttpSender(
                        PRIVATE,
                        (SSLSocketFactory) SSLSocketFactory.getDefault(),
                        host -> {
                            questions.incrementAndGet();
                            return List.of(InetAddress.getLoopbackAddress());
                        },
                        LIMIT)) {
            assertThat(sender.post(receiver.url("http", "hook.example.com"), Map.of(), BODY))
                    .isEqualTo(new Answer.Status(200, Optional.empty()));
            assertThat(receiver.requests().get(0)).contains("\nHost: hook.example.com:");
        }
        assertThat(questions).hasValue(1);
    }

    @Test
    void certificate_mustBeTrustedAndForTheName() throws Exception {
        KeyStore keys = certificate();
        SSLContext trusting = trusting(keys);
        try (Receiver receiver = Receiver.start(trusting.getServerSocketFactory(), Receiver.status(200))) {
            SSLSocketFactory untrusting = (SSLSocketFactory) SSLSocketFactory.getDefault();
            assertThat(overTls(receiver, trusting.getSocketFactory(), "hook.example.com"))
                    .isEqualTo(new Answer.Status(200, Optional.empty()));
            assertThat(overTls(receiver, trusting.getSocketFactory(), "other.example.com"))
                    .isEqualTo(new Answer.Failed(DeliveryProblem.TLS));
            assertThat(overTls(receiver, untrusting, "hook.example.com"))
                    .isEqualTo(new Answer.Failed(DeliveryProblem.TLS));
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    private static Answer overTls(Receiver receiver, SSLSocketFactory tls, String host) {
        HttpSender.Resolver here = name -> List.of(InetAddress.getLoopbackAddress());
        try (HttpSender sender = new HttpSender(PRIVATE, tls, here, Duration.ofSeconds(10))) {
            return sender.post(receiver.url("https", host), Map.of(), BODY);
        }
    }

    private KeyStore certificate() throws Exception {
        Path store = folder.resolve("store.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        List.of((keytool + " -genkeypair -alias a -keyalg EC -dname CN=hook.example.com -ext"
                                        + " SAN=dns:hook.example.com -validity 30 -storetype PKCS12 -storepass of-the-tests"
                                        + " -keystore " + store)
                                .split(" ")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        return KeyStore.getInstance(store.toFile(), "of-the-tests".toCharArray());
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "of-the-tests".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Answer sent(Receiver receiver) {
        return sent(receiver.url("http", "127.0.0.1"), PRIVATE, List.of("127.0.0.1"));
    }

    private static Answer sentShortly(Receiver receiver) {
        return sent(receiver.url("http", "127.0.0.1"), PRIVATE, List.of("127.0.0.1"), SHORT);
    }

    private static Answer sent(URI url, TargetRules rules, List<String> addresses) {
        return sent(url, rules, addresses, LIMIT);
    }

    private static Answer sent(URI url, TargetRules rules, List<String> addresses, Duration limit) {
        HttpSender.Resolver resolver = host -> {
            if (addresses.isEmpty()) {
                throw new UnknownHostException(host);
            }
            return addresses.stream().map(HttpSenderTest::address).toList();
        };
        try (HttpSender sender =
                new HttpSender(rules, (SSLSocketFactory) SSLSocketFactory.getDefault(), resolver, limit)) {
            return sender.post(url, Map.of("webhook-id", "7"), BODY);
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
