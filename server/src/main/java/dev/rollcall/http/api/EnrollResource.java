package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.FaceFields;
import dev.rollcall.http.wire.FaceRequest;
import dev.rollcall.http.wire.FaceRequestReader;
import dev.rollcall.http.wire.HeldFaceRequest;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.EnrollmentStore.Identity;
import dev.rollcall.recognition.EnrollPerson;
import dev.rollcall.recognition.EnrollPerson.Result;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** POST /enroll. */
@Path("/enroll")
@Tag(name = "faces", description = "Enroll and recognise people by their pictures")
public final class EnrollResource {

    private final EnrollPerson enrollPerson;
    private final FaceRequestReader reader;

    @Inject
    EnrollResource(EnrollPerson enrollPerson, FaceRequestReader reader) {
        this.enrollPerson = enrollPerson;
        this.reader = reader;
    }

    /** The response: the person and the template that was written. */
    @Schema(description = "The person and the template that was written")
    record Enrolled(
            @Schema(description = "The person's id") String userId,
            @Schema(description = "The person's name") String name,

            @Schema(description = "How many templates of the model in use the person has")
            int templates,

            @Schema(description = "Where the face is") FaceView.BoxView face,

            @Schema(description = "The measured quality of the face")
            FaceView.QualityView quality,

            @Schema(description = "The liveness of the face; null when it was not measured")
            FaceView.@Nullable LivenessView liveness,

            @Schema(description = "The id of the model that made the template")
            String model) {

        static Enrolled example() {
            return new Enrolled(
                    "geronimo",
                    "Geronimo",
                    1,
                    FaceView.BoxView.example(),
                    FaceView.QualityView.example(),
                    FaceView.LivenessView.example(),
                    "face-embedder@87aacdfe5751");
        }
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.PICTURE,
            scopes = Scope.ENROLL,
            refuses = {
                Code.INVALID_IMAGE,
                Code.UNSUPPORTED_IMAGE,
                Code.PAYLOAD_TOO_LARGE,
                Code.REQUEST_TIMEOUT,
                Code.NO_FACE,
                Code.MULTIPLE_FACES,
                Code.LOW_QUALITY,
                Code.SPOOF_SUSPECTED,
                Code.DUPLICATE_FACE,
                Code.FACE_MISMATCH,
                Code.DIFFERENT_FACES,
                Code.CONSENT_REQUIRED
            })
    @Blocking
    @Operation(operationId = "enroll", summary = "Enroll a person, or add a template to one")
    public Enrolled enroll(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON,
                                        schema = @Schema(implementation = FaceBodies.Enroll.class)),
                                @Content(
                                        mediaType = MediaType.MULTIPART_FORM_DATA,
                                        schema = @Schema(implementation = FaceBodies.EnrollForm.class))
                            })
                    InputStream body) {
        Caller caller = KeyHolder.of(context).caller();
        try (HeldFaceRequest held = reader.read(headers, body, FaceFields.ENROLL)) {
            FaceRequest request = held.request();
            return enrolled(enrollPerson.enroll(toRequest(request), request.pictures(), caller));
        }
    }

    private static EnrollPerson.Request toRequest(FaceRequest request) {
        Identity identity = new Identity(request.userIdToEnroll(), request.name(), request.consentAt());
        return new EnrollPerson.Request(identity, request.flag("replace"));
    }

    private static Enrolled enrolled(Result result) {
        if (result instanceof Result.Refused refused) {
            throw new RefusedException(refused.refusal());
        }
        Result.Enrolled enrolled = (Result.Enrolled) result;
        return new Enrolled(
                enrolled.identity().userId().value(),
                enrolled.identity().name().value(),
                enrolled.templates(),
                FaceView.BoxView.of(enrolled.face().detection()),
                FaceView.QualityView.of(enrolled.face().quality()),
                FaceView.LivenessView.of(enrolled.face().liveness()),
                enrolled.modelId());
    }
}
