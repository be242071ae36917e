package dev.rollcall.http.api;

import dev.rollcall.digest.Sha256;
import dev.rollcall.http.problem.RefusedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reader of the headers If-Match and If-None-Match.
 *
 * <p>Source: RFC 9110, 8.8.3, 13.1.1 and 13.1.2.
 */
final class EntityTags {

    static final String IF_MATCH = "If-Match";
    static final String IF_NONE_MATCH = "If-None-Match";

    private static final String ANY = "*";

    /** One tag of a list, with the commas and blanks around it. */
    private static final Pattern TAG =
            Pattern.compile("\\G[ \\t,]*((W/)?\"([\\x21\\x23-\\x7e]*)\")[ \\t]*(?:,[ \\t,]*|$)");

    private static final int LENGTH = 32;

    /** Longer headers are not valid. */
    private static final int MAX_LENGTH = 1000;

    private EntityTags() {}

    /** A short tag for whatever is described by texts. */
    static String of(String... texts) {
        return Sha256.hex(String.join("\n", texts).getBytes(StandardCharsets.UTF_8))
                .substring(0, LENGTH);
    }

    /** The text of a tag that means the same bytes. */
    static String strong(String tag) {
        return '"' + tag + '"';
    }

    /** The text of a tag that means the same content. */
    static String weak(String tag) {
        return "W/" + strong(tag);
    }

    /**
     * The tags of which a resource must have one, by If-Match: empty if there is no such condition. A weak tag is none that a
     * resource can have.
     */
    static Set<String> required(HttpHeaders headers) {
        List<String> given = headers.getRequestHeader(IF_MATCH);
        return given == null || given.isEmpty() ? Set.of() : required(String.join(",", given));
    }

    static Set<String> required(String header) {
        return header.strip().equals(ANY) ? Set.of() : tags(IF_MATCH, header, false);
    }

    /** Whether the client has a resource with a tag already, by If-None-Match. */
    static boolean isKnown(@Nullable String header, String tag) {
        return header != null
                && (header.strip().equals(ANY)
                        || tags(IF_NONE_MATCH, header, true).contains(tag));
    }

    /**
     * The response that nothing has changed.
     *
     * @param text the text of the tag
     */
    static WebApplicationException notModified(String text) {
        return new WebApplicationException(
                Response.notModified().header(HttpHeaders.ETAG, text).build());
    }

    private static Set<String> tags(String name, String header, boolean alsoWeak) {
        Set<String> tags = new HashSet<>();
        Matcher found = TAG.matcher(header);
        int end = 0;
        while (header.length() <= MAX_LENGTH && found.find()) {
            boolean isWeak = found.group(2) != null;
            tags.add(isWeak && !alsoWeak ? found.group(1) : found.group(3));
            end = found.end();
        }
        if (tags.isEmpty() || end < header.length()) {
            throw RefusedException.invalid(name, name + " must be entity tags in quotation marks, or *");
        }
        return tags;
    }
}
