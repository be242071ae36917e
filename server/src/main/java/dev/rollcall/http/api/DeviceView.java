package dev.rollcall.http.api;

import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.DeviceState;
import dev.rollcall.keys.Scope;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A device in responses. */
@Schema(
        name = "Device",
        description = "A kiosk, a phone or another program that marks: an API key of the scope recognize or self")
record DeviceView(
        @Schema(description = "The id of the device, which is the id of its key and no secret")
        String id,

        @Schema(description = "The device's name") String name,

        @Schema(description = "The site whose marks it makes")
        String site,

        @Schema(description = "The person whose phone it is; null for a device of nobody") @Nullable
        String userId,

        @Schema(implementation = DeviceState.class) String state,

        @Schema(implementation = Scope.class, description = "What its key permits")
        List<String> scopes,

        @Schema(description = "The version of its program, as it said last in X-Device-Version; null if it never did")
        @Nullable
        String version,

        @Schema(description = "Its last sign of life: any request with its key, to the minute; null if there was none")
        @Nullable
        Instant lastSeenAt,

        @Schema(description = "When it was paired, or its key was created")
        Instant createdAt,

        @Schema(description = "When its key expires; null for never") @Nullable
        Instant expiresAt,

        @Schema(description = "When its key was revoked; null if it was not") @Nullable
        Instant revokedAt) {

    static DeviceView example() {
        return new DeviceView(
                "3f9a0c41d2b7",
                "kiosk at the entrance",
                "default",
                null,
                "active",
                List.of("recognize"),
                "kiosk 1.4.2",
                Instant.parse("2026-11-22T07:58:00Z"),
                Instant.parse("2026-11-20T09:12:44.120551Z"),
                null,
                null);
    }

    static DeviceView of(ApiKey device, DeviceState state) {
        return new DeviceView(
                device.id(),
                device.name(),
                device.site(),
                device.userId(),
                state.text(),
                device.scopes().stream().sorted().map(Scope::text).toList(),
                device.deviceVersion(),
                device.lastUsedAt(),
                device.createdAt(),
                device.expiresAt(),
                device.revokedAt());
    }
}
