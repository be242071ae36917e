package dev.rollcall.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.rollcall.security.Opens;
import dev.rollcall.usecase.AuditStore;
import dev.rollcall.usecase.AuditStore.Entry;
import dev.rollcall.usecase.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GET /v1/audit. */
@Path("/v1/audit")
public final class AuditResource {

    private final AuditStore audit;

    @Inject
    AuditResource(AuditStore audit) {
        this.audit = audit;
    }

    /** Something noted. */
    record Item(
            long id,
            Instant at,
            String action,
            @Nullable String userId,
            @Nullable String keyId,
            @Nullable String requestId,
            @Nullable String address,
            @JsonRawValue String details,
            String hash) {

        static Item of(Entry entry) {
            return new Item(
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

    /** One page, the latest first; {@code next} leads to the following one, of older entries. */
    record Items(List<Item> items, @Nullable String next) {}

    @GET
    @Opens(Scope.ADMIN)
    @Blocking
    public Object list(@Context UriInfo uri) {
        try {
            ListQuery query = new ListQuery(uri.getQueryParameters());
            int limit = query.limit();
            List<Entry> oneMore = audit.list(new AuditStore.Query(
                    query.word("action"),
                    query.userId(),
                    query.word("key_id"),
                    query.word("code"),
                    query.instant("from"),
                    query.instant("to"),
                    query.cursor() == null ? null : Cursor.readId(query.cursor()),
                    limit + 1));
            boolean more = oneMore.size() > limit;
            List<Entry> page = more ? oneMore.subList(0, limit) : oneMore;
            String next = more ? Cursor.of(page.get(limit - 1).id()) : null;
            return Response.ok(new Items(page.stream().map(Item::of).toList(), next), MediaType.APPLICATION_JSON_TYPE)
                    .build();
        } catch (InvalidRequestException e) {
            return e.refusal();
        }
    }
}
