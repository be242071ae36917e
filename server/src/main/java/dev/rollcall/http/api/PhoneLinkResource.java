package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.access.RequestOrigin;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.KeyRefusals;
import dev.rollcall.keys.PhoneLink;
import dev.rollcall.keys.PhoneLinkStore;
import dev.rollcall.keys.PhoneLinks;
import dev.rollcall.keys.PhoneLinks.Making;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.PeopleRefusals;
import dev.rollcall.people.UserId;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** POST, GET and DELETE /v1/people/{user_id}/phone-link. */
@Path("/v1/people/{user_id}/phone-link")
@Tag(name = "devices", description = "Kiosks, phones and other programs that mark")
public final class PhoneLinkResource {

    private final PhoneLinks links;

    @Inject
    PhoneLinkResource(PhoneLinks links) {
        this.links = links;
    }

    @Schema(name = "PhoneLink", description = "A link for a person's phone that was not used yet, without the secret")
    record LinkView(
            @Schema(description = "The person's id") String userId,

            @Schema(description = "The site whose marks the phone will make")
            String site,

            @Schema(description = "When the link was made") Instant createdAt,

            @Schema(description = "Until when the link is valid")
            Instant expiresAt,

            @Schema(description = "The API key that made it, or API_KEY; null if it is not known") @Nullable
            String keyId) {

        static LinkView example() {
            return new LinkView(
                    "geronimo",
                    "default",
                    Instant.parse("2026-11-22T09:12:44.120551Z"),
                    Instant.parse("2026-11-23T09:12:44.120551Z"),
                    "API_KEY");
        }

        static LinkView of(PhoneLink link) {
            return new LinkView(link.userId(), link.site(), link.createdAt(), link.expiresAt(), link.keyId());
        }
    }

    @Schema(name = "NewPhoneLink", description = "A link for a person's phone")
    record Created(
            @Schema(description = "The person's id") String userId,

            @Schema(
                    description =
                            "The link, which is to be opened on the phone; only this response has it. What is behind"
                                    + " the # is the secret, which browsers send to nobody")
            String url,

            @Schema(description = "The link as a QR code, an SVG")
            String qr,

            @Schema(description = "The site whose marks the phone will make")
            String site,

            @Schema(description = "When the link was made") Instant createdAt,

            @Schema(description = "Until when the link is valid")
            Instant expiresAt) {

        static Created example() {
            return of(
                    "https://rollcall.example.org", Bodies.PhoneToken.example().token(), LinkView.example());
        }

        static Created of(String origin, String token, LinkView link) {
            String url = origin + "/me#" + token;
            return new Created(link.userId(), url, QrImage.of(url), link.site(), link.createdAt(), link.expiresAt());
        }
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(RestResponse.StatusCode.CREATED)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.NOT_ENROLLED, Code.TOO_MANY_PHONES, Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(
            operationId = "createPhoneLink",
            summary =
                    "Make a link that one phone can trade within a day for an API key of the person; the person's link"
                            + " before ends")
    public Created create(
            @PathParam("user_id") String userId,
            @Context HttpHeaders headers,
            @Context SecurityContext security,
            @Context RoutingContext context,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Bodies.NewPhoneLink.class)))
                    InputStream body) {
        PhoneLinkRequest wanted = PhoneLinkRequest.read(body, headers.getLength());
        UserId person = UserId.stored(userId).orElseThrow(() -> new RefusedException(PeopleRefusals.notEnrolled()));
        String origin = origin(wanted, context);
        Making making =
                links.make(person.value(), wanted.site(), KeyHolder.of(security).caller());
        if (making instanceof Making.Made made) {
            return Created.of(origin, made.token(), LinkView.of(made.link()));
        }
        throw new RefusedException(refusal(((Making.Not) making).reason()));
    }

    /** Where phones reach the service: as the request says, or else as whoever sent it has reached it. */
    private static String origin(PhoneLinkRequest wanted, RoutingContext context) {
        return Optional.ofNullable(wanted.origin())
                .or(() -> Optional.ofNullable(context.request().authority())
                        .map(authority -> scheme(context) + "://" + text(authority))
                        .filter(PhoneLinkRequest::isOrigin))
                .orElseThrow(() -> RefusedException.invalid("origin", "origin is missing"));
    }

    private static String scheme(RoutingContext context) {
        return RequestOrigin.of(context).isSecure() ? "https" : "http";
    }

    private static String text(HostAndPort authority) {
        String host = authority.host();
        return authority.port() < 0 ? host : host + ":" + authority.port();
    }

    private static Refusal refusal(PhoneLinkStore.Reason reason) {
        return switch (reason) {
            case NOT_ENROLLED -> PeopleRefusals.notEnrolled();
            case INACTIVE -> KeyRefusals.personInactive();
            case UNKNOWN_SITE -> KeyRefusals.unknownSite();
            case OTHER_SITE -> KeyRefusals.otherSite();
            case TOO_MANY -> KeyRefusals.tooManyPhones();
        };
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.PHONE_LINK_NOT_FOUND)
    @Blocking
    @Operation(
            operationId = "readPhoneLink",
            summary = "Read a person's link that was not used yet, without the secret")
    public LinkView read(@PathParam("user_id") String userId) {
        return UserId.stored(userId)
                .flatMap(person -> links.open(person.value()))
                .map(LinkView::of)
                .orElseThrow(() -> new RefusedException(KeyRefusals.phoneLinkNotFound()));
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.ADMIN, refuses = Code.PHONE_LINK_NOT_FOUND)
    @Blocking
    @Operation(operationId = "cancelPhoneLink", summary = "Cancel a person's link that was not used yet")
    public LinkView cancel(@PathParam("user_id") String userId, @Context SecurityContext security) {
        return UserId.stored(userId)
                .flatMap(person ->
                        links.cancel(person.value(), KeyHolder.of(security).caller()))
                .map(LinkView::of)
                .orElseThrow(() -> new RefusedException(KeyRefusals.phoneLinkNotFound()));
    }
}
