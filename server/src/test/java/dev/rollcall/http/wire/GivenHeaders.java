package dev.rollcall.http.wire;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request that has no other part.
 *
 * @param length what Content-Length says, or −1
 */
record GivenHeaders(int length, Map<String, String> texts) implements HttpHeaders {

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public @Nullable String getHeaderString(String name) {
        return texts.get(name);
    }

    @Override
    public List<String> getRequestHeader(String name) {
        throw new UnsupportedOperationException("not called by the readers of requests");
    }

    @Override
    public MultivaluedMap<String, String> getRequestHeaders() {
        throw new UnsupportedOperationException("not called by the readers of requests");
    }

    @Override
    public List<MediaType> getAcceptableMediaTypes() {
        throw new UnsupportedOperationException("not called by the readers of requests");
    }

    @Override
    public List<Locale> getAcceptableLanguages() {
        throw new UnsupportedOperationException("not called by the readers of requests");
    }

    @Override
    public MediaType getMediaType() {
        throw new UnsupportedOperationException("not called by the readers of requests");
    }

    @Override
    public Locale getLanguage() {
        throw new UnsupportedOperationException("not called by the readers of requests");
    }

    @Override
    public Map<String, Cookie> getCookies() {
        throw new UnsupportedOperationException("not called by the readers of requests");
    }

    @Override
    public Date getDate() {
        throw new UnsupportedOperationException("not called by the readers of requests");
    }
}
