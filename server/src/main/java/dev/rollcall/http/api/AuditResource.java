package dev.rollcall.http.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.audit.AuditStore.Entry;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Page;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/audit: the audit log, the latest entry first. */
@Path("/v1/audit")
@Tag(name = "audit", description = "The audit log")
public final class AuditResource {

    private final AuditStore audit;

    @Inject
    AuditResource(AuditStore audit) {
        this.audit = audit;
    }

    @Schema(name = "AuditEntry", description = "An entry of the audit log; action says what happened")
    record EntryView(
            @Schema(description = "The entry's number, in the order of writing")
            long id,

            @Schema(description = "When it happened") Instant at,

            @Schema(description = "What happened, such as ENROLLED or RECOGNITION_REFUSED")
            String action,

            @Schema(description = "The person whom it concerns; null where there is none") @Nullable
            String userId,

            @Schema(
                    description =
                            "The API key of the request, or API_KEY, command-line, service, retention, webhooks, import, pairing or phone-link; null where there is none")
            @Nullable
            String keyId,

            @Schema(
                    description =
                            "The name that this key has now, which for a kiosk is the name of the device; null where it is not known")
            @Nullable
            String keyName,

            @Schema(description = "The id of the request; null where there is none") @Nullable
            String requestId,

            @Schema(description = "The client's address; null where there is none") @Nullable
            String address,

            @Schema(description = "The site of the key at that time; null where there is none") @Nullable
            String site,

            @JsonRawValue
            @Schema(type = SchemaType.OBJECT, description = "Details of the action: a code, measured values, counts")
            String details,

            @Schema(description = "SHA-256 of the previous entry's hash and this entry, in hexadecimal digits")
            String hash) {

        static EntryView example() {
            return new EntryView(
                    42,
                    Instant.parse("2026-11-22T07:58:12.706280Z"),
                    "RECOGNITION_REFUSED",
                    "geronimo",
                    "3f9a0c41d2b7",
                    "kiosk at the entrance",
                    "9f0c2f9e-61a4-4c6e-8a52-7f2f2d1d6a0b",
                    "192.0.2.17",
                    "default",
                    "{\"code\":\"NOT_MATCHED\",\"confidence\":0.0692,\"threshold\":0.8}",
                    "6d1a4f0e8b5c2d7396e1f0a8b4c7d2e5f6a9b0c3d8e7f1a2b5c4d6e9f8a7b0c1");
        }

        static EntryView of(Entry entry) {
            return new EntryView(
                    entry.id(),
                    entry.at(),
                    entry.action(),
                    entry.userId(),
                    entry.keyId(),
                    entry.keyName(),
                    entry.requestId(),
                    entry.address(),
                    entry.site(),
                    entry.details(),
                    entry.hash());
        }
    }

    /** The filter of entries; null for any value. */
    record Filter(
            @Parameter(description = "Entries of this action, such as RECOGNITION_REFUSED")
            @QueryParam("action")
            @Nullable
            String action,

            @QueryParam("user_id") @Nullable String userId,

            @Parameter(description = "Entries of this API key's requests") @QueryParam("key_id") @Nullable
            String keyId,

            @Parameter(description = "Entries of requests with keys that belonged to this site")
            @QueryParam("site")
            @Nullable
            String site,

            @Parameter(description = "Entries of refusals with this code") @QueryParam("code") @Nullable
            String code,

            @Parameter(
                    description = "The earliest instant, included",
                    schema = @Schema(type = SchemaType.STRING, format = "date-time"))
            @QueryParam("from")
            @Nullable
            String from,

            @Parameter(
                    description = "The latest instant, excluded",
                    schema = @Schema(type = SchemaType.STRING, format = "date-time"))
            @QueryParam("to")
            @Nullable
            String to) {

        AuditStore.Filter parsed() {
            return new AuditStore.Filter(
                    ListQuery.word("action", action),
                    ListQuery.userId(userId),
                    ListQuery.word("key_id", keyId),
                    ListQuery.site(site),
                    ListQuery.word("code", code),
                    ListQuery.instant("from", from),
                    ListQuery.instant("to", to));
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    @Operation(operationId = "listAuditLog", summary = "List the audit log, the latest entry first")
    public ItemList<EntryView> list(
            @BeanParam Filter filter,
            @Parameter(
                            description = "newest for the latest entry first, which it is if absent, or oldest",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"newest", "oldest"}))
                    @QueryParam("order")
                    @Nullable
                    String order,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next,
            @QueryParam("total") @Nullable String total) {
        AuditStore.Filter wanted = filter.parsed();
        int most = ListQuery.limit(limit);
        boolean oldestFirst = ListOrder.oldestFirst(order);
        Long after = ListQuery.afterNumber(next).orElse(null);
        boolean counts = ListQuery.total(total);
        List<Entry> oneMore = audit.list(new AuditStore.Query(wanted, oldestFirst, after, most + 1));
        return ItemList.of(Page.of(oneMore, most, Entry::id).map(EntryView::of), counts ? audit.count(wanted) : null);
    }
}
