package dev.rollcall.http.pages;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.Call.HeaderPolicy;
import dev.rollcall.http.problem.Refusals;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Code;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GET /, which leads to the admin pages; GET /admin, GET /kiosk, GET /me, and GET /trust for devices that don't trust the service's certificate yet,
 * the documents of the pages; GET /web/{folder}/{file}, the files of all of them. None needs a key: the pages have no data, and ask the
 * other calls for it.
 */
@Path("/")
public final class PagesResource {

    private static final String GZIP = "gzip";

    /** A service worker, which may serve the page of its folder's name. */
    private static final String WORKER = "worker.js";

    private static final String WORKER_SCOPE = "Service-Worker-Allowed";

    private final PageFiles files;

    @Inject
    PagesResource(PageFiles files) {
        this.files = files;
    }

    /** The address is a path alone: one that is made from the Host header leads wherever that says, and over HTTP behind a proxy. */
    @GET
    @Call(
            admission = AdmissionClass.FILE,
            scopes = {},
            headers = HeaderPolicy.APPLICATION)
    @NonBlocking
    public Response start() {
        return Response.status(Response.Status.FOUND)
                .header(HttpHeaders.LOCATION, "/admin")
                .build();
    }

    @GET
    @Path("admin")
    @Call(
            admission = AdmissionClass.FILE,
            scopes = {},
            headers = HeaderPolicy.APPLICATION)
    @NonBlocking
    public Response admin(@Context HttpHeaders headers, @Context Request request) {
        return response("admin/index.html", headers, request);
    }

    @GET
    @Path("kiosk")
    @Call(
            admission = AdmissionClass.FILE,
            scopes = {},
            headers = HeaderPolicy.APPLICATION)
    @NonBlocking
    public Response kiosk(@Context HttpHeaders headers, @Context Request request) {
        return response("kiosk/index.html", headers, request);
    }

    @GET
    @Path("me")
    @Call(
            admission = AdmissionClass.FILE,
            scopes = {},
            headers = HeaderPolicy.APPLICATION)
    @NonBlocking
    public Response me(@Context HttpHeaders headers, @Context Request request) {
        return response("me/index.html", headers, request);
    }

    @GET
    @Path("trust")
    @Call(
            admission = AdmissionClass.FILE,
            scopes = {},
            headers = HeaderPolicy.APPLICATION,
            overPlainHttp = true)
    @NonBlocking
    public Response trust(@Context HttpHeaders headers, @Context Request request) {
        return response("trust/index.html", headers, request);
    }

    @GET
    @Path("web/{folder}/{file}")
    @Call(
            admission = AdmissionClass.FILE,
            scopes = {},
            refuses = Code.NOT_FOUND,
            headers = HeaderPolicy.APPLICATION,
            overPlainHttp = true)
    @NonBlocking
    public Response file(
            @PathParam("folder") String folder,
            @PathParam("file") String file,
            @Context HttpHeaders headers,
            @Context Request request) {
        Response response = response(folder + "/" + file, headers, request);
        if (!file.equals(WORKER)) {
            return response;
        }
        return Response.fromResponse(response)
                .header(WORKER_SCOPE, "/" + folder)
                .build();
    }

    private Response response(String name, HttpHeaders headers, Request request) {
        PageFile file = files.find(name).orElseThrow(() -> new RefusedException(Refusals.notFound()));
        boolean isCompressed = acceptsGzip(headers.getRequestHeader(HttpHeaders.ACCEPT_ENCODING));
        EntityTag tag = new EntityTag(file.tag(isCompressed));
        Response.@Nullable ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder response = unchanged != null
                ? unchanged
                : Response.ok(file.bytes(isCompressed)).type(file.type());
        if (unchanged == null && isCompressed) {
            response.header(HttpHeaders.CONTENT_ENCODING, GZIP);
        }
        return response.tag(tag)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .build();
    }

    /** Whether a client lists gzip without a quality of 0 (RFC 9110, 12.5.3). */
    static boolean acceptsGzip(@Nullable List<String> values) {
        return values != null
                && values.stream()
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .map(coding -> coding.replace(" ", ""))
                        .anyMatch(coding -> coding.equals(GZIP)
                                || (coding.startsWith(GZIP + ";q=") && !coding.matches("gzip;q=0(\\.0*)?")));
    }
}
