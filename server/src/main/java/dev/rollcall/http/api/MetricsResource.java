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

/** GET /metrics. */
@Path("/metrics")
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
    public String metrics() {
        return metrics.text();
    }
}
