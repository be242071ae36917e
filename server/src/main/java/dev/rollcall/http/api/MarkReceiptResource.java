package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.UserId;
import dev.rollcall.receipts.Receipts;
import dev.rollcall.receipts.Receipts.Reader;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** GET /v1/attendance/{mark_id}/receipt. */
@Path("/v1/attendance/{mark_id}/receipt")
@Tag(name = "receipts", description = "Signed receipts of marks")
public final class MarkReceiptResource {

    private final Receipts receipts;

    @Inject
    MarkReceiptResource(Receipts receipts) {
        this.receipts = receipts;
    }

    @Schema(name = "Receipt", description = "A signed receipt of a mark as it is now")
    record ReceiptView(
            @Schema(description = "A JWS in compact form, signed with Ed25519")
            String receipt) {

        static ReceiptView example() {
            return new ReceiptView(
                    "eyJhbGciOiJFZERTQSIsImtpZCI6ImI3YzFkMmUzZjRhNTk2ODcifQ.eyJzdWIiOiJnZXJvbmltbyJ9.c2ln");
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = {Scope.READ, Scope.RECOGNIZE, Scope.SELF},
            refuses = {Code.MARK_NOT_FOUND, Code.RECEIPT_KEY_LOCKED})
    @Blocking
    @Operation(
            operationId = "readReceipt",
            summary =
                    "Get a signed receipt of a mark: of any one, or with the scope self of the person's own, or with recognize of"
                            + " those that the key has made. The first one makes the key that signs, which the audit log notes")
    public ReceiptView receipt(
            @Parameter(description = "The mark's id") @PathParam("mark_id") String id,
            @Context SecurityContext context) {
        KeyHolder holder = KeyHolder.of(context);
        long mark = EntryNumber.of(id);
        return new ReceiptView(RefusedException.unlessDone(receipts.issue(mark, reader(holder), holder.caller())));
    }

    private static Reader reader(KeyHolder holder) {
        UserId person = holder.userId();
        if (person != null) {
            return new Reader.OfPerson(person);
        }
        return Scope.READ.within(holder.scopes())
                ? new Reader.OfAll()
                : new Reader.OfDevice(holder.caller().keyId());
    }
}
