package dev.rollcall.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver of docs/webhooks.md, run by the Python of this machine. */
class ReceiverExampleTest {

    private static final int MOST_LINES = 40;

    @TempDir
    Path folder;

    @Test
    void receiver_acceptsWhatIsSignedAndNothingElse() throws Exception {
        assumeTrue(hasPython(), "there is no python3");
        String text = Files.readString(Path.of("..", "docs", "webhooks.md"));
        String program =
                text.substring(text.indexOf("```python") + 10, text.indexOf("```", text.indexOf("```python") + 10));
        assertThat(program.lines().count()).isLessThanOrEqualTo(MOST_LINES);
        WebhookSecret secret = WebhookSecret.random();
        ProcessBuilder builder = new ProcessBuilder(
                "python3",
                Files.writeString(folder.resolve("receiver.py"), program).toString());
        builder.environment().putAll(Map.of("WEBHOOK_SECRET", secret.text(), "PORT", "0"));
        Process process = builder.redirectErrorStream(true).start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            int port = Integer.parseInt(out.readLine().replaceAll("\\D", ""));
            Event event = new Event(
                    "e-1", "mark.created", Instant.now(), "default", "ann", JsonNodeFactory.instance.objectNode());

            assertThat(status(port, event, secret, Instant.now())).isEqualTo(204);
            assertThat(out.readLine()).isEqualTo("dev.rollcall.mark.created ann");
            assertThat(status(port, event, WebhookSecret.random(), Instant.now()))
                    .isEqualTo(401);
            assertThat(status(port, event, secret, Instant.now().minusSeconds(600)))
                    .isEqualTo(401);
        } finally {
            process.destroyForcibly();
        }
    }

    private static int status(int port, Event event, WebhookSecret secret, Instant at) {
        byte[] body = event.json();
        try (HttpSender sender = new HttpSender(
                new TargetRules(true),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                host -> List.of(InetAddress.getLoopbackAddress()),
                Duration.ofSeconds(10))) {
            Answer answer = sender.post(
                    URI.create("http://127.0.0.1:" + port + "/"),
                    Map.of(
                            "webhook-id", event.id(),
                            "webhook-timestamp", Long.toString(at.getEpochSecond()),
                            "webhook-signature", Signature.of(List.of(secret), event.id(), at, body)),
                    body);
            return Optional.of(answer).map(one -> ((Answer.Status) one).code()).orElseThrow();
        }
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor(20, TimeUnit.SECONDS);
        } catch (IOException e) {
            return false;
        }
    }
}
