package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.JsonBody;
import dev.rollcall.people.Label;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.PersonName;
import dev.rollcall.sites.Site;
import java.io.InputStream;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reader of a change of a person: a JSON merge patch (RFC 7396). */
final class PersonRequest {

    static final Set<String> FIELDS = Set.of("name", "group", "external_id", "active", "site");

    private static final Pattern SITE = Pattern.compile(Site.ID);

    private PersonRequest() {}

    static PersonChange read(InputStream body, long length) {
        JsonBody json = JsonBody.read(body, length, FIELDS);
        return new PersonChange(
                name(json.value("name")),
                label("group", json.value("group")),
                label("external_id", json.value("external_id")),
                flag("active", json.value("active")),
                site(json.value("site")));
    }

    private static @Nullable PersonName name(@Nullable JsonNode value) {
        return value == null ? null : new PersonName(Fields.name("name", JsonBody.text("name", value)));
    }

    private static @Nullable Label label(String field, @Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        return value.isNull() ? Label.NONE : new Label(Fields.name(field, JsonBody.text(field, value)));
    }

    private static @Nullable Label site(@Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        if (value.isNull()) {
            return Label.NONE;
        }
        String site = JsonBody.text("site", value);
        if (!SITE.matcher(site).matches()) {
            throw RefusedException.invalid("site", "site has no valid form");
        }
        return new Label(site);
    }

    private static @Nullable Boolean flag(String field, @Nullable JsonNode value) {
        return value == null ? null : (Boolean) JsonBody.flag(field, value);
    }
}
