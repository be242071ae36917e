package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.keys.Scope;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/settings. */
@Path("/v1/settings")
@Tag(name = "monitoring")
public final class SettingsResource {

    private final KnownSettings settings;

    @Inject
    SettingsResource(KnownSettings settings) {
        this.settings = settings;
    }

    /** The settings that this instance was started with. */
    public record KnownSettings(List<SettingView> items) {

        public KnownSettings {
            items = List.copyOf(items);
        }
    }

    /** A setting. */
    @Schema(name = "Setting", description = "A setting that this instance was started with")
    public record SettingView(
            @Schema(description = "Its name in the environment and in .env")
            String name,

            @Schema(description = "Its value; null if it has none, or is a secret") @Nullable
            String value,

            @Schema(description = "The value that it has if it isn't set; null without one") @Nullable
            String byDefault,

            @Schema(
                    description =
                            "Where its value comes from: the program, .env, the environment, or an option of the command",
                    enumeration = {"default", "env_file", "environment", "command_line"})
            String source,

            @Schema(description = "Whether its value isn't shown, such as that of a key")
            boolean isSecret) {

        static SettingView example() {
            return new SettingView("MAX_ATTENDANCE_PER_DAY", "4", "2", "env_file", false);
        }
    }

    /** All on one page: they are few, and don't change while the service runs. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @NonBlocking
    @Operation(
            operationId = "listSettings",
            summary = "List the settings that this instance was started with, without secrets")
    public ItemList<SettingView> list() {
        return new ItemList<>(settings.items(), null);
    }
}
