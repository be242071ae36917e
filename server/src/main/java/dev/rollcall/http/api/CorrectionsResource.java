package dev.rollcall.http.api;

import dev.rollcall.attendance.CorrectionStore.RequestState;
import dev.rollcall.attendance.Reason;
import dev.rollcall.attendance.ReviewCorrections;
import dev.rollcall.attendance.ReviewCorrections.Deciding;
import dev.rollcall.attendance.ShownMark;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/corrections; POST /v1/corrections/{correction_id}/approve and /reject. */
@Path("/v1/corrections")
@Tag(name = "attendance", description = "Attendance marks")
public final class CorrectionsResource {

    private static final String ID = "The correction's id";

    private final ReviewCorrections corrections;

    @Inject
    CorrectionsResource(ReviewCorrections corrections) {
        this.corrections = corrections;
    }

    /** A correction that was approved or rejected. */
    @Schema(name = "DecidedCorrection", description = "A correction that was approved or rejected")
    record Decided(
            @Schema(description = "The correction") CorrectionView correction,

            @Schema(description = "The mark that was made, or voided; null if the correction was rejected") @Nullable
            MarkView mark) {

        static Decided example() {
            return new Decided(CorrectionView.approvedExample(), MarkView.correctedExample());
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ)
    @Blocking
    @Operation(
            operationId = "listCorrections",
            summary = "List corrections that wait for approval, or waited, the latest first")
    public ItemList<CorrectionView> list(
            @Parameter(
                            description = "Corrections in this state",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"pending", "approved", "rejected"}))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @QueryParam("user_id") @Nullable String userId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next) {
        ReviewCorrections.Query query = new ReviewCorrections.Query(
                ListQuery.constantOrNull("state", state, RequestState.class),
                ListQuery.userId(userId),
                ListQuery.afterNumber(next).orElse(null),
                ListQuery.limit(limit));
        return ItemList.of(corrections.page(query).map(CorrectionView::of));
    }

    @POST
    @Path("/{correction_id}/approve")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {
                Code.CORRECTION_NOT_FOUND,
                Code.MARK_NOT_FOUND,
                Code.NOT_ENROLLED,
                Code.SAME_KEY,
                Code.ALREADY_DECIDED,
                Code.ALREADY_CORRECTED,
                Code.MARK_EXISTS,
                Code.PAYLOAD_TOO_LARGE,
                Code.REQUEST_TIMEOUT
            },
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "approveCorrection",
            summary = "Approve a correction that another API key has asked for; it is made at once")
    public Decided approve(
            @Parameter(description = ID) @PathParam("correction_id") String id,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = CorrectionBodies.Decision.class)))
                    InputStream body) {
        Reason reason = CorrectionRequests.reasonIfAny(body, headers.getLength());
        return decided(corrections.approve(EntryNumber.of(id), reason, caller(context)));
    }

    @POST
    @Path("/{correction_id}/reject")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {
                Code.CORRECTION_NOT_FOUND,
                Code.NOT_ENROLLED,
                Code.SAME_KEY,
                Code.ALREADY_DECIDED,
                Code.PAYLOAD_TOO_LARGE,
                Code.REQUEST_TIMEOUT
            },
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(operationId = "rejectCorrection", summary = "Reject a correction that another API key has asked for")
    public Decided reject(
            @Parameter(description = ID) @PathParam("correction_id") String id,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = CorrectionBodies.Decision.class)))
                    InputStream body) {
        Reason reason = CorrectionRequests.reasonIfAny(body, headers.getLength());
        return decided(corrections.reject(EntryNumber.of(id), reason, caller(context)));
    }

    private static Decided decided(Deciding deciding) {
        if (deciding instanceof Deciding.Decided decided) {
            ShownMark mark = decided.mark();
            return new Decided(CorrectionView.of(decided.request()), mark == null ? null : MarkView.of(mark));
        }
        throw new RefusedException(((Deciding.Refused) deciding).refusal());
    }

    private static Caller caller(SecurityContext context) {
        return KeyHolder.of(context).caller();
    }
}
