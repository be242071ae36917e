package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.Call.HeaderPolicy;
import dev.rollcall.http.problem.Refusals;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Code;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.groups.GeneratorEmitter;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestMulti;
import org.jspecify.annotations.Nullable;

/**
 * GET /openapi.json, the OpenAPI document; GET /docs, Swagger UI. Both need no key. Their files are generated at build time.
 */
@Path("/")
public final class DocsResource {

    private static final Logger LOG = Logger.getLogger(DocsResource.class);
    private static final int PART_BYTES = 16_384;
    private static final String FOLDER = "/docs/";
    private static final String DOCUMENT = "openapi.json";
    private static final String PAGE = "index.html";

    /** The files of the page, with their types; no other file is served. */
    private static final Map<String, String> TYPES = Map.of(
            "start.js", "text/javascript",
            "swagger-ui.css", "text/css",
            "swagger-ui-bundle.js", "text/javascript");

    private final DocsSwitch docs;

    @Inject
    DocsResource(DocsSwitch docs) {
        this.docs = docs;
    }

    /** Whether the document and the page are served. */
    public record DocsSwitch(boolean isOn) {}

    @GET
    @Path("openapi.json")
    @Operation(hidden = true)
    @Call(
            admission = AdmissionClass.FILE,
            scopes = {},
            refuses = Code.NOT_FOUND)
    @NonBlocking
    public RestMulti<byte[]> document() {
        return file(DOCUMENT, "application/json");
    }

    @GET
    @Path("docs")
    @Operation(hidden = true)
    @Call(
            admission = AdmissionClass.FILE,
            scopes = {},
            refuses = Code.NOT_FOUND,
            headers = HeaderPolicy.PAGE)
    @NonBlocking
    public RestMulti<byte[]> page() {
        return file(PAGE, "text/html; charset=utf-8");
    }

    @GET
    @Path("docs/{file}")
    @Operation(hidden = true)
    @Call(
            admission = AdmissionClass.FILE,
            scopes = {},
            refuses = Code.NOT_FOUND,
            headers = HeaderPolicy.PAGE)
    @NonBlocking
    public RestMulti<byte[]> pageFile(@PathParam("file") String file) {
        return file(file, TYPES.get(file));
    }

    private RestMulti<byte[]> file(String name, @Nullable String type) {
        InputStream content =
                docs.isOn() && type != null ? DocsResource.class.getResourceAsStream(FOLDER + name) : null;
        if (content == null) {
            throw new RefusedException(Refusals.notFound());
        }
        Multi<byte[]> parts = Multi.createFrom()
                .<InputStream, byte[]>generator(() -> content, DocsResource::nextPart)
                .onTermination()
                .invoke(() -> close(content));
        return RestMulti.fromMultiData(parts)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .build();
    }

    /** Reads the next part only when the one before is sent, so that a slow reader holds one part and no thread. */
    private static InputStream nextPart(InputStream content, GeneratorEmitter<? super byte[]> emitter) {
        try {
            byte[] part = content.readNBytes(PART_BYTES);
            if (part.length == 0) {
                emitter.complete();
            } else {
                emitter.emit(part);
            }
        } catch (IOException e) {
            LOG.error("a file of the program can't be read", e);
            emitter.fail(e);
        }
        return content;
    }

    private static void close(InputStream content) {
        try {
            content.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
