package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.badges.Badge;
import dev.rollcall.badges.BadgeStore;
import dev.rollcall.badges.Badges;
import dev.rollcall.badges.Badges.Printed;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.FaceRequestReader;
import dev.rollcall.http.wire.HeldFaceRequest;
import dev.rollcall.http.wire.JsonBody;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.ReadBadge;
import dev.rollcall.recognition.ReadBadge.Result;
import io.nayuki.qrcodegen.QrCode;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** POST /v1/badges and /v1/badges/read. */
@Path("/v1/badges")
@Tag(name = "badges", description = "Badges with QR codes, which say who a person is")
public final class BadgeResource {

    private static final String USER_IDS = "user_ids";
    private static final String RENEW = "renew";

    private final Badges badges;
    private final ReadBadge readBadge;
    private final FaceRequestReader reader;

    @Inject
    BadgeResource(Badges badges, ReadBadge readBadge, FaceRequestReader reader) {
        this.badges = badges;
        this.readBadge = readBadge;
        this.reader = reader;
    }

    /** Whose badges are wanted. */
    @Schema(name = "BadgesRequest", description = "Whose badges are wanted")
    record Wanted(
            @Schema(minItems = 1, maxItems = Badges.MOST_AT_ONCE, description = "The people's ids")
            List<String> userIds,

            @Schema(
                    description =
                            "Whether everybody gets another badge, which ends the one before; otherwise only people"
                                    + " without one do")
            @Nullable
            Boolean renew) {

        static Wanted example() {
            return new Wanted(List.of("geronimo"), false);
        }
    }

    @Schema(name = "Badge", description = "A person's badge, to be printed")
    record BadgeView(
            @Schema(description = "The person's id") String userId,
            @Schema(description = "The person's name") String name,

            @Schema(description = "The person's group; null without one") @Nullable
            String group,

            @Schema(description = "The site whose key signs the badge: the person's own, otherwise default")
            String site,

            @Schema(description = "The name of that site") String siteName,

            @Schema(description = "When the person got this badge; printing it again doesn't change it")
            Instant issuedAt,

            @Schema(description = "The text of the QR code; who has it has the badge")
            String badge,

            @Schema(description = "The QR code") Qr qr) {

        static BadgeView example() {
            String text = "RC1.geronimo.f3Qx0a.2v9oX1TtkzY6yJ0bq4m3dg";
            return new BadgeView(
                    "geronimo",
                    "Geronimo",
                    "night shift",
                    "default",
                    "default",
                    Instant.parse("2026-11-20T09:12:44.120551Z"),
                    text,
                    new Qr(37, "M4,4h7v1h-7zM13,4h1v1h-1z"));
        }

        static BadgeView of(Printed printed) {
            BadgeStore.Holder holder = printed.holder();
            String text = printed.badge().text();
            QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
            return new BadgeView(
                    holder.userId().value(),
                    holder.name(),
                    holder.group(),
                    holder.site(),
                    holder.siteName(),
                    printed.issuedAt(),
                    text,
                    new Qr(QrImage.side(code), QrImage.path(code)));
        }
    }

    @Schema(name = "BadgeQr", description = "A QR code as a path of an SVG: dark modules on white")
    record Qr(
            @Schema(description = "Width and height of the image in modules, with the white border")
            int side,

            @Schema(description = "The dark modules, with a unit of length for each")
            String path) {}

    @Schema(name = "BadgesIssued", description = "The badges, in the order of the request")
    record Issued(
            @Schema(description = "The badges of the people who are enrolled")
            List<BadgeView> items,

            @Schema(description = "Ids of the request under which nobody is enrolled")
            List<String> missing) {

        static Issued example() {
            return new Issued(List.of(BadgeView.example()), List.of());
        }
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = Scope.ADMIN,
            refuses = {Code.PAYLOAD_TOO_LARGE, Code.REQUEST_TIMEOUT},
            maxBodyBytes = SmallJson.MAX_BYTES)
    @Blocking
    @Operation(operationId = "issueBadges", summary = "The badges of people, to be printed; who has none gets one")
    public Issued issue(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Wanted.class)))
                    InputStream body) {
        JsonBody json = JsonBody.read(body, headers.getLength(), Set.of(USER_IDS, RENEW));
        Set<UserId> people = people(json.value(USER_IDS));
        JsonNode renew = json.value(RENEW);
        List<BadgeView> issued = badges
                .issue(
                        List.copyOf(people),
                        renew != null && !renew.isNull() && JsonBody.flag(RENEW, renew),
                        KeyHolder.of(context).caller())
                .stream()
                .map(BadgeView::of)
                .toList();
        List<String> missing =
                new ArrayList<>(people.stream().map(UserId::value).toList());
        missing.removeAll(issued.stream().map(BadgeView::userId).toList());
        return new Issued(issued, missing);
    }

    private static Set<UserId> people(@Nullable JsonNode ids) {
        if (ids == null || ids.isNull()) {
            throw RefusedException.invalid(USER_IDS, "user_ids is missing");
        }
        Set<UserId> people = new LinkedHashSet<>();
        for (JsonNode id : ids) {
            people.add(UserId.stored(id.isTextual() ? id.textValue() : "").orElseThrow(BadgeResource::notIds));
        }
        if (!ids.isArray() || people.isEmpty() || people.size() > Badges.MOST_AT_ONCE) {
            throw notIds();
        }
        return people;
    }

    private static RefusedException notIds() {
        return RefusedException.invalid(
                USER_IDS, "user_ids must be an array of 1 to " + Badges.MOST_AT_ONCE + " ids of people");
    }

    @Schema(name = "BadgeInFrame", description = "The badge that a frame shows")
    record Seen(
            @Schema(
                    maxLength = Badge.MAX_LENGTH,
                    description = "Its text, which may not be valid; null if the frame shows none")
            @Nullable
            String badge) {

        static Seen example() {
            return new Seen(BadgeView.example().badge());
        }
    }

    @POST
    @Path("/read")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.FRAME,
            scopes = Scope.RECOGNIZE,
            refuses = {
                Code.INVALID_IMAGE,
                Code.UNSUPPORTED_IMAGE,
                Code.PAYLOAD_TOO_LARGE,
                Code.REQUEST_TIMEOUT,
                Code.SITE_NOT_FOUND
            },
            maxBodyBytes = HintResource.MAX_BODY_BYTES)
    @Blocking
    @Operation(
            operationId = "readBadge",
            summary =
                    "Read the QR code of a badge in a small frame, for devices that can't; nothing is stored or marked")
    public Seen read(
            @Context HttpHeaders headers,
            @Context SecurityContext context,
            @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON,
                                        schema = @Schema(implementation = FaceBodies.Inspect.class)),
                                @Content(
                                        mediaType = MediaType.MULTIPART_FORM_DATA,
                                        schema = @Schema(implementation = FaceBodies.InspectForm.class))
                            })
                    InputStream body) {
        try (HeldFaceRequest held = reader.read(headers, body, HintResource.MAX_FRAME_BYTES)) {
            List<byte[]> frames = held.request().pictures();
            if (frames.size() > 1) {
                throw RefusedException.invalid("images", "give one image");
            }
            Result result = readBadge.read(frames.get(0), KeyHolder.of(context).site());
            if (result instanceof Result.Refused refused) {
                throw new RefusedException(refused.refusal());
            }
            return new Seen(((Result.Read) result).text().orElse(null));
        }
    }
}
