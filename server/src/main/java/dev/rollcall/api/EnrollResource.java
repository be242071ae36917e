package dev.rollcall.api;

import dev.rollcall.security.KeyHolder;
import dev.rollcall.security.Opens;
import dev.rollcall.usecase.Caller;
import dev.rollcall.usecase.EnrollPerson;
import dev.rollcall.usecase.EnrollPerson.Result;
import dev.rollcall.usecase.PeopleStore.Identity;
import dev.rollcall.usecase.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** POST /enroll. */
@Path("/enroll")
public final class EnrollResource {

    private final EnrollPerson enrollPerson;
    private final FaceRequestReader reader;

    @Inject
    EnrollResource(EnrollPerson enrollPerson, FaceRequestReader reader) {
        this.enrollPerson = enrollPerson;
        this.reader = reader;
    }

    /** The answer to an enrollment. */
    record Enrolled(
            String userId,
            String name,
            int templates,
            FaceView.BoxView face,
            FaceView.QualityView quality,
            FaceView.@Nullable LivenessView liveness,
            String model) {}

    @POST
    @Opens(Scope.ENROLL)
    @Blocking
    public Object enroll(@Context HttpHeaders headers, @Context SecurityContext context, InputStream body) {
        Caller caller = KeyHolder.of(context).caller();
        return reader.read(
                headers, body, request -> answer(enrollPerson.enroll(wanted(request), request.picture(), caller)));
    }

    private static EnrollPerson.Request wanted(FaceRequest request) throws InvalidRequestException {
        Identity identity = new Identity(request.userIdToEnroll(), request.name(), request.consentAt());
        return new EnrollPerson.Request(identity, request.flag("replace"));
    }

    private static Object answer(Result result) {
        if (result instanceof Result.Refused refused) {
            return refused.refusal();
        }
        Result.Enrolled enrolled = (Result.Enrolled) result;
        Enrolled answer = new Enrolled(
                enrolled.identity().userId().value(),
                enrolled.identity().name().value(),
                enrolled.templates(),
                FaceView.BoxView.of(enrolled.face().detection()),
                FaceView.QualityView.of(enrolled.face().quality()),
                FaceView.LivenessView.of(enrolled.face().liveness()),
                enrolled.modelId());
        return Response.status(Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON)
                .entity(answer)
                .build();
    }
}
