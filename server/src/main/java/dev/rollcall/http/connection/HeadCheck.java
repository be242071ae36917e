package dev.rollcall.http.connection;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Optional;

/**
 * The check of a decoded head for what Netty takes and a proxy in front may read otherwise, so that the two would disagree about whom a
 * request is for or where it ends: several hosts, and any transfer coding but a single {@code chunked} (RFC 9112, 3.2 and 6.1).
 */
final class HeadCheck {

    private HeadCheck() {}

    /** What is wrong with a head, for the decoder's failure. */
    static Optional<String> problem(HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (headers.getAll(HttpHeaderNames.HOST).size() > 1) {
            return Optional.of("more than one Host");
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return Optional.empty();
        }
        boolean isChunked = codings.size() == 1
                && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(
                        codings.get(0).strip());
        return isChunked
                        && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                        && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                ? Optional.empty()
                : Optional.of("a transfer coding other than chunked, or beside a length or in HTTP/1.0");
    }
}
