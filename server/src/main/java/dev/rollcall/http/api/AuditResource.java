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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GET /v1/audit: what was noted, the latest first. */
@Path("/v1/audit")
public final class AuditResource {

    private final AuditStore audit;

    @Inject
    AuditResource(AuditStore audit) {
        this.audit = audit;
    }

    /** Something noted. */
    record EntryView(
            long id,
            Instant at,
            String action,
            @Nullable String userId,
            @Nullable String keyId,
            @Nullable String requestId,
            @Nullable String address,
            @JsonRawValue String details,
            String hash) {

        static EntryView of(Entry entry) {
            return new EntryView(
                    entry.id(),
                    entry.at(),
                    entry.action(),
                    entry.userId(),
                    entry.keyId(),
                    entry.requestId(),
                    entry.address(),
                    entry.details(),
                    entry.hash());
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN)
    @Blocking
    public ItemList<EntryView> list(@Context UriInfo uri) {
        ListQuery query = new ListQuery(uri.getQueryParameters());
        int limit = query.limit();
        List<Entry> oneMore = audit.list(new AuditStore.Query(
                query.word("action"),
                query.userId(),
                query.word("key_id"),
                query.word("code"),
                query.instant("from"),
                query.instant("to"),
                query.afterNumber().orElse(null),
                limit + 1));
        return ItemList.of(Page.of(oneMore, limit, Entry::id).map(EntryView::of));
    }
}
