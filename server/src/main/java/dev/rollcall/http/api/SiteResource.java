package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Page;
import dev.rollcall.sites.ManageSites;
import dev.rollcall.sites.Site;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** GET and POST /v1/sites; GET and PATCH /v1/sites/{id}. */
@Path("/v1/sites")
@Tag(name = "sites", description = "Sites")
public final class SiteResource {

    private static final String ID = "The site's id";

    private final ManageSites sites;

    @Inject
    SiteResource(ManageSites sites) {
        this.sites = sites;
    }

    /** The sites are read all at once, since their number is limited. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ)
    @Blocking
    @Operation(operationId = "listSites", summary = "List sites, also those that are not active, by their ids")
    public ItemList<SiteView> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("next") @Nullable String next,
            @QueryParam("total") @Nullable String total) {
        int most = ListQuery.limit(limit);
        String after = ListQuery.afterSite(next).orElse("");
        boolean counts = ListQuery.total(total);
        List<Site> all = sites.list();
        List<Site> oneMore = all.stream()
                .filter(site -> site.id().compareTo(after) > 0)
                .limit(most + 1L)
                .toList();
        return ItemList.of(Page.of(oneMore, most, Site::id).map(this::view), counts ? (Long) (long) all.size() : null);
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.SITE_EXISTS},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(operationId = "createSite", summary = "Add a site")
    public SiteView create(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = SiteBodies.NewSite.class)))
                    InputStream body) {
        return done(sites.create(
                SiteFields.newSite(body, headers.getLength()),
                KeyHolder.of(context).caller()));
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ, refuses = Code.SITE_NOT_FOUND)
    @Blocking
    @Operation(operationId = "readSite", summary = "A site and its rules")
    public SiteView read(@Parameter(description = ID) @PathParam("id") String id) {
        return sites.read(id).map(this::view).orElseThrow(() -> new RefusedException(ManageSites.notFound()));
    }

    @PATCH
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT, Code.SITE_NOT_FOUND},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(operationId = "changeSite", summary = "Change a site's name, activity or rules")
    public SiteView change(
            @Parameter(description = ID) @PathParam("id") String id,
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = SiteBodies.ChangedSite.class)))
                    InputStream body) {
        return done(sites.change(
                id,
                SiteFields.change(body, headers.getLength()),
                KeyHolder.of(context).caller()));
    }

    private SiteView done(ManageSites.Result result) {
        if (result instanceof ManageSites.Result.Refused refused) {
            throw new RefusedException(refused.refusal());
        }
        return view(((ManageSites.Result.Done) result).site());
    }

    private SiteView view(Site site) {
        return SiteView.of(site, sites.inForce(site));
    }
}
