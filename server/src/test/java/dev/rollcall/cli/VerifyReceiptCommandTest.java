package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.receipts.ReceiptKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verification of receipts on the command line: where keys may come from. */
class VerifyReceiptCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    private final StringWriter err = new StringWriter();

    private int verify(String keys) throws Exception {
        Path receipt = Files.writeString(folder.resolve("receipt"), "a.b.c");
        return run(receipt.toString(), keys);
    }

    private int run(String receipt, String keys) {
        err.getBuffer().setLength(0);
        return new CommandLine(new VerifyReceiptCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(receipt, "--keys", keys);
    }

    @Test
    void keysOverPlainHttp_comeFromThisMachineAlone() throws Exception {
        ReceiptKey key = ReceiptKey.Pair.random(Instant.EPOCH).key();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] keys =
                    ("{\"keys\":[{\"crv\":\"Ed25519\",\"x\":\"" + key.x() + "\"}]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        try {
            assertThat(verify("http://127.0.0.1:" + server.getAddress().getPort() + "/keys"))
                    .isEqualTo(1);
        } finally {
            server.stop(0);
        }

        assertThat(out.toString()).startsWith("Keys: " + key.id()).contains("NOT VALID");
        for (String address : new String[] {
            "http://rollcall.example.com/keys", "http://127.0.0.1.example.com/", "http://192.168.1.1/", "http:///keys"
        }) {
            assertThat(verify(address)).isEqualTo(1);
            assertThat(err.toString()).contains("not https");
        }
    }

    @Test
    void filesAreThoseOfTheFolderInWhichTheLauncherWasCalled() throws Exception {
        Files.writeString(folder.resolve("keys.json"), "{\"keys\":[]}");
        Files.writeString(folder.resolve("mine.json"), "a.b.c");
        String before = System.getProperty("launcher.from");
        System.setProperty("launcher.from", folder.toString());
        try {
            assertThat(run("mine.json", "keys.json")).isEqualTo(1);
        } finally {
            if (before == null) {
                System.clearProperty("launcher.from");
            } else {
                System.setProperty("launcher.from", before);
            }
        }

        assertThat(out.toString()).contains("NOT VALID: this is no receipt");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatCannotBeRead_isSaidInASentence() throws Exception {
        String missing = folder.resolve("missing").toString();
        String large =
                Files.writeString(folder.resolve("large"), "x".repeat(70_000)).toString();

        assertThat(verify(missing)).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("rollcall: there is no file " + missing);
        assertThat(verify(large)).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo("rollcall: " + large + " can't be read: it is larger than a receipt or its keys can be");
        assertThat(verify("https://[")).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("rollcall: https://[ is no address");
    }
}
