package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.people.Label;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.PersonName;
import dev.rollcall.sites.Site;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reader of a change of a person: a JSON merge patch (RFC 7396). */
final class PersonRequest {

    static final Set<String> FIELDS = Set.of("name", "group", "external_id", "active", "site");

    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SITE = Pattern.compile(Site.ID);

    private PersonRequest() {}

    static PersonChange read(InputStream body, long length) {
        ObjectNode json = SmallJson.read(body, length);
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw unknown(field.getKey());
            }
        }
        return new PersonChange(
                name(json.get("name")),
                label("group", json.get("group")),
                label("external_id", json.get("external_id")),
                flag("active", json.get("active")),
                site(json.get("site")));
    }

    /** Names the field unless its name is longer or stranger than that of any field. */
    private static RefusedException unknown(String field) {
        return FIELD.matcher(field).matches()
                ? RefusedException.invalid(field, field + " is no field of a person that can be changed")
                : RefusedException.invalid("the body has a field that a person doesn't have");
    }

    private static @Nullable PersonName name(@Nullable JsonNode value) {
        return value == null ? null : new PersonName(Fields.name("name", text("name", value)));
    }

    private static @Nullable Label label(String field, @Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        return value.isNull() ? Label.NONE : new Label(Fields.name(field, text(field, value)));
    }

    private static @Nullable Label site(@Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        if (value.isNull()) {
            return Label.NONE;
        }
        String site = text("site", value);
        if (!SITE.matcher(site).matches()) {
            throw RefusedException.invalid("site", "site has no valid form");
        }
        return new Label(site);
    }

    private static @Nullable Boolean flag(String field, @Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            throw RefusedException.invalid(field, field + " must be true or false");
        }
        return value.booleanValue();
    }

    private static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw RefusedException.invalid(field, field + " must be a string");
        }
        return value.textValue();
    }
}
