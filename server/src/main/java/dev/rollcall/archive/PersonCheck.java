package dev.rollcall.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.archive.ArchiveStore.SealedTemplate;
import dev.rollcall.engine.Embedding;
import dev.rollcall.pins.PinStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a person with their templates. */
final class PersonCheck {

    private static final Set<String> PERSON = Set.of(
            "user_id",
            "name",
            "created_at",
            "updated_at",
            "consent_at",
            "group",
            "external_id",
            "active",
            "site",
            "badge_issue",
            "badge_issued_at",
            "pin_hash",
            "pin_set_at",
            "inactive_since",
            "templates");
    private static final Set<String> TEMPLATE =
            Set.of("id", "model", "embedding", "quality", "created_at", "sealed_with");

    private static final Pattern LABEL = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,200}");
    private static final Pattern BADGE_ISSUE = Pattern.compile("[A-Za-z0-9_-]{6}");
    private static final Pattern PIN_HASH = Pattern.compile(PinStore.HASH_FORM);
    private static final Pattern HEX = Pattern.compile("([0-9a-f]{2})+");
    private static final Pattern SEALED_WITH = Pattern.compile("[0-9a-f]{16}");

    /** Rounding to 16 bits moves the length of a vector by less than 4e-4: 512 components, each by at most 1.6e-5. */
    private static final double LENGTH_TOLERANCE = 1e-3;

    /** Lengths of the embedder's raw output are some tens. */
    private static final double MAX_QUALITY = 1e6;

    private final RowCheck.Limits limits;

    PersonCheck(RowCheck.Limits limits) {
        this.limits = limits;
    }

    void check(Content person) throws ArchiveException {
        person.hasOnly(PERSON);
        RowCheck.userId(person);
        RowCheck.name(person);
        person.instant("created_at");
        person.instant("updated_at");
        if (person.has("consent_at")) {
            person.past("consent_at", limits.latest());
        }
        person.textOrNull("group", LABEL, "1 to 200 characters without control characters");
        person.textOrNull("external_id", LABEL, "1 to 200 characters without control characters");
        activity(person);
        if (person.has("site")) {
            SiteCheck.site(person);
        }
        withTime(person, "badge_issue", BADGE_ISSUE, "six letters, digits, - or _", "badge_issued_at");
        withTime(person, "pin_hash", PIN_HASH, "the hash of a PIN", "pin_set_at");
        JsonNode templates = person.json().path("templates");
        if (!templates.isArray()) {
            throw person.wrong("templates", "must be a list");
        }
        int number = 1;
        for (JsonNode template : templates) {
            if (!(template instanceof ObjectNode object)) {
                throw person.wrong("templates", "must be a list of objects");
            }
            template(person.within(object, "template " + number++), person.text("user_id"));
        }
    }

    /** Who is not active has the time since when, and nobody else, as the database has them. */
    private static void activity(Content person) throws ArchiveException {
        person.flag("active");
        if (!person.json().path("active").booleanValue()) {
            person.instant("inactive_since");
        } else if (person.has("inactive_since")) {
            throw person.wrong("inactive_since", "must be null for somebody who is active");
        }
    }

    /** A text and its time: both or none, as the database has them. */
    private static void withTime(Content person, String field, Pattern form, String rule, String time)
            throws ArchiveException {
        person.textOrNull(field, form, rule);
        if (person.has(field)) {
            person.instant(time);
        } else if (person.has(time)) {
            throw person.wrong(time, "must be null without " + field);
        }
    }

    private void template(Content template, String userId) throws ArchiveException {
        template.hasOnly(TEMPLATE);
        template.whole("id", 1, Content.MAX_ID);
        String model = template.text("model", LABEL, "1 to 200 characters without control characters");
        template.real("quality", 0, MAX_QUALITY);
        template.instant("created_at");
        String hex = template.text("embedding", HEX, "bytes in lower-case hexadecimal digits");
        String sealedWith = template.textOrNull("sealed_with", SEALED_WITH, "16 lower-case hexadecimal digits");
        if (sealedWith == null) {
            plain(template, hex);
        } else {
            sealed(template, new SealedTemplate(userId, model, sealedWith, hex));
        }
    }

    private static void plain(Content template, String hex) throws ArchiveException {
        if (hex.length() != 2 * Embedding.STORED_BYTES) {
            throw template.wrong("embedding", "must have " + Embedding.STORED_BYTES + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
        float[] vector = new float[Embedding.DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = bytes.getShort() / (float) Short.MAX_VALUE;
        }
        if (Math.abs(Embedding.norm(vector) - 1) > LENGTH_TOLERANCE) {
            throw template.wrong("embedding", "must be a vector of length 1");
        }
    }

    private void sealed(Content template, SealedTemplate sealed) throws ArchiveException {
        switch (limits.store().opening(sealed)) {
            case OPENS -> {}
            case OTHER_KEY ->
                throw template.wrong(
                        "sealed_with",
                        "is the key " + sealed.keyId()
                                + ", which is not known here: set TEMPLATE_KEY or OLD_TEMPLATE_KEY to it");
            case CHANGED -> throw template.wrong("embedding", "was changed, or belongs to somebody else");
        }
    }
}
