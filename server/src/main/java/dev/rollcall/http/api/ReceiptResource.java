package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.receipts.ReceiptKey;
import dev.rollcall.receipts.Receipts;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** GET /.well-known/jwks.json, which needs no key; POST /v1/receipts/key. */
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
            String x) {

        static PublicKeyView example() {
            return new PublicKeyView(
                    "OKP",
                    "Ed25519",
                    "EdDSA",
                    "sig",
                    "b7c1d2e3f4a59687",
                    "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        }

        static PublicKeyView of(ReceiptKey key) {
            return new PublicKeyView("OKP", "Ed25519", "EdDSA", "sig", key.id(), key.x());
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
}
