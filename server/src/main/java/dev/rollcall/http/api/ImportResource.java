package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.BodyInput;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.imports.ImportId;
import dev.rollcall.recognition.imports.ImportPeople;
import dev.rollcall.recognition.imports.ImportPeople.Received;
import dev.rollcall.recognition.imports.ImportStatus;
import dev.rollcall.recognition.imports.ImportStore.ListedResult;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * POST /v1/people/import; GET and DELETE /v1/people/import/{import_id}; GET /v1/people/import/{import_id}/report. The form of the id
 * tells these from the calls about a person whose user_id is import.
 */
@Path("/v1/people")
@Tag(name = "people", description = "Enrolled people")
public final class ImportResource {

    private static final String ZIP = "application/zip";
    private static final String ONE = "/import/{import_id:" + ImportId.FORM + "}";

    private final ImportPeople imports;

    @Inject
    ImportResource(ImportPeople imports) {
        this.imports = imports;
    }

    @Schema(name = "Import", description = "An import of many people")
    record ImportView(
            @Schema(description = "The import's id") String id,

            @Schema(implementation = ImportStatus.State.class)
            String state,

            @Schema(description = "Why it failed; null if it did not") @Nullable
            String problem,

            @Schema(description = "When it was received") Instant createdAt,

            @Schema(description = "When it began; null before") @Nullable
            Instant startedAt,

            @Schema(description = "When it ended; null before") @Nullable
            Instant endedAt,

            @Schema(description = "How many people have pictures in it")
            int people,

            @Schema(description = "How many files are somebody's pictures")
            int files,

            @Schema(description = "How many of these files have a result")
            int done,

            @Schema(description = "How many pictures were enrolled")
            int enrolled,

            @Schema(description = "How many pictures were enrolled before")
            int alreadyEnrolled,

            @Schema(description = "How many files and lines of the list were refused")
            int refused,

            @Schema(description = "The part that is done, 0 to 1")
            double progress) {

        private static final double HUNDREDTHS = 100.0;

        static ImportView example() {
            Instant at = Instant.parse("2026-11-26T09:12:44.120551Z");
            return new ImportView(
                    "6f1d0c52a7e94b38b2c5d7e81f0a9436",
                    "running",
                    null,
                    at,
                    at.plusSeconds(1),
                    null,
                    120,
                    240,
                    60,
                    57,
                    1,
                    3,
                    0.25);
        }

        static ImportView of(ImportStatus stored) {
            ImportStatus.Counts counts = stored.counts();
            boolean isEmpty = counts.files() == 0;
            boolean isFinished = stored.state() == ImportStatus.State.FINISHED;
            double share = isEmpty ? (isFinished ? 1 : 0) : (double) counts.done() / counts.files();
            return new ImportView(
                    stored.id().value(),
                    stored.state().name().toLowerCase(Locale.ROOT),
                    stored.problem(),
                    stored.times().createdAt(),
                    stored.times().startedAt(),
                    stored.times().endedAt(),
                    stored.people(),
                    counts.files(),
                    counts.done(),
                    counts.enrolled(),
                    counts.alreadyEnrolled(),
                    counts.refused(),
                    Math.floor(share * HUNDREDTHS) / HUNDREDTHS);
        }
    }

    @Schema(name = "ImportResult", description = "What became of a file of an import, or of a line of its list")
    record ResultView(
            @Schema(description = "The path in the zip file, or the line of the list")
            String file,

            @Schema(description = "The person's id; null if the file is nobody's") @Nullable
            String userId,

            @Schema(implementation = FileResult.Status.class)
            String status,

            @Schema(description = "Why it was refused; null if it was not") @Nullable
            String code,

            @Schema(description = "The reason in a sentence; null without one") @Nullable
            String detail) {

        static ResultView example() {
            return new ResultView(
                    "geronimo/2.jpg",
                    "geronimo",
                    "refused",
                    "NO_FACE",
                    "No face was found. Look into the camera, with light on the face.");
        }

        static ResultView of(ListedResult listed) {
            FileResult result = listed.result();
            return new ResultView(
                    result.file(),
                    result.userId(),
                    result.status().name().toLowerCase(Locale.ROOT),
                    result.code(),
                    result.detail());
        }
    }

    @POST
    @Path("/import")
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.ACCEPTED)
    @Call(
            admission = AdmissionClass.UPLOAD,
            scopes = Scope.ENROLL,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.NOT_FOUND})
    @Blocking
    @Operation(
            operationId = "importPeople",
            summary =
                    "Send a zip file of pictures, and optionally a list of people in CSV, to be enrolled in the background")
    public ImportView receive(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = ZIP,
                                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
                    InputStream body) {
        requireZip(headers);
        long most = imports.maxBytes();
        if (most > 0 && headers.getLength() > most) {
            throw RefusedException.tooLarge(most);
        }
        Received received = imports.receive(
                BodyInput.ofUpload(body, most), KeyHolder.of(context).caller());
        if (received instanceof Received.Accepted accepted) {
            return ImportView.of(accepted.created());
        }
        throw new RefusedException(((Received.Refused) received).refusal());
    }

    private static void requireZip(HttpHeaders headers) {
        String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(ZIP)) {
            throw RefusedException.invalid("Send the zip file itself as the body, with Content-Type: application/zip.");
        }
    }

    @GET
    @Path(ONE)
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ENROLL, refuses = Code.IMPORT_NOT_FOUND)
    @Blocking
    @Operation(operationId = "readImport", summary = "Read how far an import is")
    public ImportView read(@Parameter(description = "The import's id") @PathParam("import_id") String importId) {
        return ImportId.parse(importId)
                .flatMap(imports::read)
                .map(ImportView::of)
                .orElseThrow(ImportResource::notFound);
    }

    @GET
    @Path(ONE + "/report")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ENROLL, refuses = Code.IMPORT_NOT_FOUND)
    @Blocking
    @Operation(
            operationId = "listImportResults",
            summary = "List the results of an import's files, in the order in which they were noted")
    public ItemList<ResultView> report(
            @Parameter(description = "The import's id") @PathParam("import_id") String importId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next) {
        long after = ListQuery.afterNumber(next).orElse(0L);
        int most = ListQuery.limit(limit);
        return ItemList.of(ImportId.parse(importId)
                .flatMap(id -> imports.results(id, after, most))
                .orElseThrow(ImportResource::notFound)
                .map(ResultView::of));
    }

    @DELETE
    @Path(ONE)
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ENROLL, refuses = Code.IMPORT_NOT_FOUND)
    @Blocking
    @Operation(
            operationId = "cancelImport",
            summary = "Cancel an import; people who are enrolled stay, and one that has ended stays as it is")
    public ImportView cancel(
            @Parameter(description = "The import's id") @PathParam("import_id") String importId,
            @Context SecurityContext context) {
        return ImportId.parse(importId)
                .flatMap(id -> imports.cancel(id, KeyHolder.of(context).caller()))
                .map(ImportView::of)
                .orElseThrow(ImportResource::notFound);
    }

    private static RefusedException notFound() {
        return new RefusedException(new Refusal(Code.IMPORT_NOT_FOUND, "There is no import with this id."));
    }
}
