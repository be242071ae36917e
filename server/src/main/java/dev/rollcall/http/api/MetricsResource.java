package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.keys.Scope;
import dev.rollcall.metrics.ServiceMetrics;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** GET /metrics. */
@Path("/metrics")
@Tag(name = "monitoring")
public final class MetricsResource {

    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final ServiceMetrics metrics;

    @Inject
    MetricsResource(ServiceMetrics metrics) {
        this.metrics = metrics;
    }

    @GET
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ)
    @Blocking
    @Produces(TEXT_FORMAT)
    @Operation(operationId = "metrics", summary = "The service's metrics in Prometheus' text format")
    @APIResponse(
            responseCode = "200",
            description = "The metrics",
            content =
                    @Content(
                            mediaType = TEXT_FORMAT,
                            schema = @Schema(type = SchemaType.STRING),
                            example = "rollcall_store_up 1.0\n"))
    public String metrics() {
        return metrics.text();
    }
}
