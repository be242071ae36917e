package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.receipts.ReceiptKey;
import dev.rollcall.receipts.ReceiptRefusals;
import dev.rollcall.receipts.Receipts;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /.well-known/jwks.json, which needs no key; POST /v1/receipts/key; DELETE /v1/receipts/keys/{kid}. */
@Path("/")
@Tag(name = "receipts", description = "Signed receipts of marks")
public final class ReceiptResource {

    private final Receipts receipts;

    @Inject
    ReceiptResource(Receipts receipts) {
        this.receipts = receipts;
    }

    @Schema(name = "PublicKey", description = "A public key of receipts, as a JWK")
    record PublicKeyView(
            @Schema(enumeration = "OKP", description = "Always OKP")
            String kty,

            @Schema(enumeration = "Ed25519", description = "Always Ed25519")
            String crv,

            @Schema(enumeration = "EdDSA", description = "Always EdDSA")
            String alg,

            @Schema(enumeration = "sig", description = "Always sig")
            String use,

            @Schema(description = "The key's id, which the header kid of its receipts has")
            String kid,

            @Schema(description = "Its 32 bytes in base64url")
            String x,

            @Schema(
                    description =
                            "When another key replaced it: later receipts of it prove nothing; null of the key that signs")
            @Nullable
            Instant replacedAt) {

        static PublicKeyView example() {
            return new PublicKeyView(
                    "OKP",
                    "Ed25519",
                    "EdDSA",
                    "sig",
                    "b7c1d2e3f4a59687",
                    "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                    null);
        }

        static PublicKeyView of(ReceiptKey key) {
            return new PublicKeyView("OKP", "Ed25519", "EdDSA", "sig", key.id(), key.x(), key.replacedAt());
        }
    }

    @Schema(name = "PublicKeys", description = "The public keys of receipts, as a JWK Set")
    record PublicKeys(
            @Schema(description = "The key that signs first, then those before it")
            List<PublicKeyView> keys) {

        static PublicKeys example() {
            return new PublicKeys(List.of(PublicKeyView.example()));
        }
    }

    @Schema(name = "RemovedPublicKey", description = "A public key of receipts that was removed")
    record RemovedKey(@Schema(description = "The key's id") String kid) {

        static RemovedKey example() {
            return new RemovedKey("b7c1d2e3f4a59687");
        }
    }

    @GET
    @Path(".well-known/jwks.json")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = {},
            refuses = Code.STORE_UNAVAILABLE)
    @Blocking
    @Operation(operationId = "readPublicKeys", summary = "The public keys of receipts; none before the first receipt")
    public PublicKeys keys() {
        return new PublicKeys(receipts.keys().stream().map(PublicKeyView::of).toList());
    }

    @POST
    @Path("v1/receipts/key")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    @Operation(
            operationId = "replaceReceiptKey",
            summary = "Replace the key that signs receipts; those that it has signed can still be verified")
    public PublicKeyView replace(@Context SecurityContext context) {
        return PublicKeyView.of(receipts.replaceKey(KeyHolder.of(context).caller()));
    }

    @DELETE
    @Path("v1/receipts/keys/{kid}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.RECEIPT_KEY_NOT_FOUND)
    @Blocking
    @Operation(
            operationId = "removeReceiptKey",
            summary =
                    "Remove a replaced key that somebody else has had: its receipts, also genuine ones, prove nothing then")
    public RemovedKey remove(
            @Parameter(description = "The key's id") @PathParam("kid") String kid, @Context SecurityContext context) {
        if (!receipts.removeKey(kid, KeyHolder.of(context).caller())) {
            throw new RefusedException(ReceiptRefusals.keyNotFound());
        }
        return new RemovedKey(kid);
    }
}
