package dev.rollcall.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The checks by the health report of a running service. */
public final class HealthCheck {

    private HealthCheck() {}

    /** The database, the models and the clock, as the service sees them. */
    public static List<Finding> of(JsonNode health) {
        List<Finding> found = new ArrayList<>();
        found.add(database(health.path("database")));
        found.add(models(health.path("engine")));
        JsonNode clock = health.path("clock");
        if (!clock.path("ok").asBoolean(true)) {
            found.add(Finding.wrong(
                    "clock",
                    "the service says: " + clock.path("problem").asText(),
                    "set the clock; docs/troubleshooting.md explains jumped and behind_newest_entry"));
        }
        return found;
    }

    private static Finding database(JsonNode database) {
        String kind = database.path("kind").asText();
        return database.path("ok").asBoolean()
                ? Finding.ok(
                        "database", kind + ", schema " + database.path("schema").asInt() + ", responds")
                : Finding.wrong(
                        "database",
                        kind + ": " + database.path("problem").asText("no response"),
                        "docs/troubleshooting.md says what to do about unreachable, disk_full and standby");
    }

    private static Finding models(JsonNode engine) {
        String says = engine.path("model").asText() + ", computed by "
                + engine.path("runtime").asText() + ", liveness "
                + engine.path("liveness").asText();
        if (!engine.path("loaded").asBoolean()) {
            return Finding.wrong("models", "they are not loaded", "look at the service's log");
        }
        return engine.path("problem").isNull()
                ? Finding.ok("models", says)
                : Finding.note(
                        "models",
                        says + "; " + engine.path("problem").asText(),
                        "docs/deploy.md, \"Where the native library doesn't run\"");
    }

    /** The certificate of a service that has one. */
    public static Finding certificate(JsonNode certificate) {
        long days = certificate.path("days_left").asLong();
        return CertificateCheck.of(certificate.path("valid_until").asText(), days);
    }
}
