package dev.rollcall.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDecoderTest {

    private static final String HEAD = "GET /%d HTTP/1.1\r\nHost: a\r\n\r\n";

    private final RequestDecoder decoder = new RequestDecoder(4_096, 8_192);
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

    @Test
    void nextRequest_isDecodedWhenTheOneBeforeIsAnswered() {
        send(HEAD.formatted(1) + HEAD.formatted(2) + HEAD.formatted(3));
        assertThat(requests()).extracting(HttpRequest::uri).containsExactly("/1");

        decoder.nextRequest();
        assertThat(requests()).extracting(HttpRequest::uri).containsExactly("/2");

        decoder.nextRequest();
        decoder.nextRequest();
        assertThat(requests()).extracting(HttpRequest::uri).containsExactly("/3");
    }

    @Test
    void body_isDecodedWhileItsRequestIsServed() {
        send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
        send("67890" + HEAD.formatted(2));

        assertThat(body()).isEqualTo("1234567890");
        decoder.nextRequest();
        assertThat(requests()).extracting(HttpRequest::uri).containsExactly("/2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100, 8_000})
    void headOfTooManyLines_isInvalidHoweverItComes(int piece) {
        String head = "GET / HTTP/1.1\r\nHost: a\r\n" + "a:\r\n".repeat(1_900);
        for (int at = 0; at < head.length(); at += piece) {
            send(head.substring(at, Math.min(head.length(), at + piece)));
        }

        assertThat(requests()).singleElement().satisfies(request -> {
            assertThat(request.decoderResult().cause()).isInstanceOf(TooLongHttpHeaderException.class);
            assertThat(request.headers().size()).isZero();
        });
        send(HEAD.formatted(1));
        decoder.nextRequest();
        assertThat(requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n\r\n", "\0\r\n\r\n", " \r\n\r\n", "\t \n\n\n"})
    void whatIsSkippedBeforeAHead_hidesNoLines(String skipped) {
        send(skipped + "GET / HTTP/1.1\r\nHost: a\r\n" + "a:\r\n".repeat(1_900));

        assertThat(requests()).singleElement().matches(request -> request.decoderResult()
                .isFailure());
    }

    @Test
    void headOfManyLines_isTaken() {
        send("GET / HTTP/1.1\r\nHost: a\r\n" + "a:\r\n".repeat(RequestDecoder.MAX_LINES - 2) + "\r\n");

        assertThat(requests()).singleElement().matches(request -> request.decoderResult()
                .isSuccess());
    }

    @Test
    void linesOfABody_areNoLinesOfAHead() {
        String lines = "\n".repeat(5_000);
        send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n" + lines);

        assertThat(body()).isEqualTo(lines);
    }

    @Test
    void trailers_areReadAndNotKept() {
        send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
                + "a: b\r\n".repeat(1_000) + "\r\n");

        List<Object> messages = messages();
        assertThat(messages.get(messages.size() - 1)).isInstanceOfSatisfying(LastHttpContent.class, last -> {
            assertThat(last.decoderResult().isSuccess()).isTrue();
            assertThat(last.trailingHeaders().isEmpty()).isTrue();
        });
    }

    /** A proxy in front may read them otherwise. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: a\r\nHost: a",
                "Host: a\r\nhost: b",
                "Host: a\r\nX: a\r\n Content-Length: 5",
                "Host: a\r\n\tb",
                "Host: a\r\nTransfer-Encoding: xchunked",
                "Host: a\r\nTransfer-Encoding: identity",
                "Host: a\r\nTransfer-Encoding: chunked, identity",
                "Host: a\r\nTransfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3"
            })
    void ambiguousHead_isInvalidAndNothingAfterItIsRead(String headers) {
        send("POST / HTTP/1.1\r\n" + headers + "\r\n\r\n0\r\n\r\n" + HEAD.formatted(1));

        assertThat(requests()).singleElement().matches(request -> request.decoderResult()
                .isFailure());
        decoder.nextRequest();
        assertThat(messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked", "transfer-encoding: Chunked", "Transfer-Encoding:\tchunked "})
    void chunkedBody_isTaken(String coding) {
        send("POST / HTTP/1.1\r\nHost: a\r\n" + coding + "\r\n\r\n2\r\nab\r\n0\r\n\r\n");

        assertThat(body()).isEqualTo("ab");
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private List<Object> messages() {
        List<Object> messages = new ArrayList<>();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            messages.add(message);
        }
        return messages;
    }

    private List<HttpRequest> requests() {
        List<HttpRequest> requests = new ArrayList<>();
        for (Object message : messages()) {
            if (message instanceof HttpRequest request) {
                requests.add(request);
            } else {
                ReferenceCountUtil.release(message);
            }
        }
        return requests;
    }

    private String body() {
        StringBuilder body = new StringBuilder();
        for (Object message : messages()) {
            if (message instanceof HttpContent content) {
                ByteBuf bytes = content.content();
                body.append(bytes.toString(StandardCharsets.ISO_8859_1));
                bytes.release();
            }
        }
        return body.toString();
    }
}
