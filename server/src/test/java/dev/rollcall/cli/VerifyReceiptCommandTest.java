package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.receipts.ReceiptKey;
import java.io.IOException;
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

    private int verify(String keys) throws Exception {
        VerifyReceiptCommand command = new VerifyReceiptCommand();
        Path receipt = Files.writeString(folder.resolve("receipt"), "a.b.c");
        new CommandLine(command).setOut(new PrintWriter(out)).parseArgs(receipt.toString(), "--keys", keys);
        return command.call();
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
            assertThatThrownBy(() -> verify(address))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not https");
        }
    }
}
