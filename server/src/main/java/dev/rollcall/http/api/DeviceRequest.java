package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.DeviceStore;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reader of the bodies about devices and pairings. A body with a field that it can't have is refused. */
final class DeviceRequest {

    private static final String NAME = "name";
    private static final String SITE = "site";
    private static final String CODE = "code";
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private DeviceRequest() {}

    /** The name and the site of a device that is to be paired. */
    record NewPairing(String name, String site) {}

    static NewPairing pairing(InputStream body, long length) {
        ObjectNode json = read(body, length, Set.of(NAME, SITE));
        return new NewPairing(Fields.name(NAME, text(json, NAME)), siteOrDefault(text(json, SITE)));
    }

    /** A change of a device: a JSON merge patch (RFC 7396), whose fields can't be removed. */
    static DeviceStore.Change change(InputStream body, long length) {
        ObjectNode json = read(body, length, Set.of(NAME, SITE));
        String site = ListQuery.site(text(json, SITE));
        if (site == null && json.has(SITE)) {
            throw RefusedException.invalid(SITE, "site must be the id of a site");
        }
        return new DeviceStore.Change(json.has(NAME) ? Fields.name(NAME, text(json, NAME)) : null, site);
    }

    /** The code that somebody typed, whatever it is. */
    static String code(InputStream body, long length) {
        String code = text(read(body, length, Set.of(CODE)), CODE);
        if (code == null) {
            throw RefusedException.invalid(CODE, "code is missing");
        }
        return code;
    }

    /** The id of a site, which need not exist. */
    static String siteOrDefault(@Nullable String text) {
        String site = ListQuery.site(text);
        return site == null ? ApiKey.DEFAULT_SITE : site;
    }

    /** Names an unknown field unless its name is longer or stranger than that of any field. */
    private static ObjectNode read(InputStream body, long length, Set<String> fields) {
        ObjectNode json = SmallJson.read(body, length);
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            String name = field.getKey();
            if (!fields.contains(name)) {
                throw FIELD.matcher(name).matches()
                        ? RefusedException.invalid(name, name + " is no field of this request")
                        : RefusedException.invalid("the body has a field that this request doesn't have");
            }
        }
        return json;
    }

    private static @Nullable String text(ObjectNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw RefusedException.invalid(field, field + " must be a string");
        }
        return value.textValue();
    }
}
