package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.problem.Numbers;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.recognition.accuracy.AccuracyMonitor;
import dev.rollcall.recognition.accuracy.SiteAccuracy;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/sites/{id}/accuracy: what thresholds do at a site. */
@Path("/v1/sites")
@Tag(name = "sites", description = "Sites")
public final class AccuracyResource {

    private static final String ESTIMATED = "estimated";
    private static final String TOO_FEW_PEOPLE = "too_few_people";
    private static final String NOT_YET_ESTIMATED = "not_yet_estimated";
    private static final String FIXED = "fixed";
    private static final String AUTO = "auto";

    private final AccuracyMonitor monitor;

    @Inject
    AccuracyResource(AccuracyMonitor monitor) {
        this.monitor = monitor;
    }

    @Schema(name = "ThresholdAccuracy", description = "What a threshold does")
    record ThresholdView(
            @Schema(description = "The threshold: the least confidence of a match")
            double confidence,

            @Schema(description = "The same threshold as a similarity")
            BigDecimal similarity,

            @Schema(description = "The estimated share of attempts with another person's face that match")
            double falseMatchRate,

            @Schema(description = "The bound that this share keeps with a probability of 95 %")
            double falseMatchRateUpper,

            @Schema(description = "How many of the marks counted it would have refused")
            long marksBelow,

            @Schema(description = "How many people have a median mark that it would have refused")
            int peopleBelow) {

        static ThresholdView of(SiteAccuracy.Row row) {
            return new ThresholdView(
                    row.confidence(),
                    Numbers.rounded(row.similarity()),
                    rate(row.falseMatches().value()),
                    rate(row.falseMatches().upper()),
                    row.marksBelow(),
                    row.peopleBelow());
        }

        /** A rate with three significant digits. */
        private static double rate(double rate) {
            return new BigDecimal(rate).round(new MathContext(3)).doubleValue();
        }
    }

    @Schema(name = "AccuracyBasis", description = "What the estimate rests on")
    record BasisView(
            @Schema(description = "People whose templates were compared")
            int people,

            @Schema(description = "Their templates") int templates,

            @Schema(description = "Pairs of different people")
            long pairs,

            @Schema(
                    description =
                            "Pairs that were left out, since they are as similar as one person's pictures: probably one person"
                                    + " under two ids, or twins")
            long pairsSetAside,

            @Schema(description = "Whether these are all people of the site; otherwise they are a random part")
            boolean complete,

            @Schema(description = "When the estimate was made")
            Instant estimatedAt,

            @Schema(
                    description =
                            "Accepted marks of the site's people that were counted, at most 10,000; marks that were"
                                    + " refused are not among them")
            long marks,

            @Schema(description = "People who made these marks")
            int peopleWithMarks,

            @Schema(description = "Earlier marks were not counted")
            Instant marksSince) {

        static BasisView of(SiteAccuracy accuracy) {
            return new BasisView(
                    accuracy.estimate().people(),
                    accuracy.estimate().templates(),
                    accuracy.estimate().pairs(),
                    accuracy.estimate().pairsSetAside(),
                    accuracy.estimate().complete(),
                    accuracy.at(),
                    accuracy.marks().marks(),
                    accuracy.marks().people(),
                    accuracy.marks().since());
        }
    }

    @Schema(
            name = "SiteAccuracy",
            description = "How often other people match at a site, and which marks thresholds refuse")
    record AccuracyView(
            @Schema(description = "The site's id") String site,

            @Schema(
                    enumeration = {ESTIMATED, TOO_FEW_PEOPLE, NOT_YET_ESTIMATED},
                    description =
                            "too_few_people: fewer than 20, and the figures are mostly those of other sites; not_yet_estimated: there"
                                    + " are no figures in the first seconds after a start")
            String state,

            @Schema(
                    enumeration = {FIXED, AUTO},
                    description = "Whether the threshold is CONFIDENCE_THRESHOLD, or is chosen automatically")
            String mode,

            @Schema(description = "The share of attempts with another person's face that may match") @Nullable
            Double targetFalseMatchRate,

            @Schema(description = "Whether the threshold in use keeps the target, by the upper bound") @Nullable
            Boolean keepsTarget,

            @Schema(
                    description =
                            "The lowest threshold that keeps the target, by the upper bound; null with too few people, or if none does")
            @Nullable
            Double recommended,

            @Schema(description = "The threshold in use") @Nullable
            ThresholdView inUse,

            @Schema(description = "The thresholds 0.80 to 0.99")
            List<ThresholdView> thresholds,

            @Schema(description = "What the estimate rests on") @Nullable
            BasisView basis) {

        static AccuracyView example() {
            ThresholdView inUse = new ThresholdView(0.8, new BigDecimal("0.4503"), 2.53e-4, 7.91e-4, 0, 0);
            return new AccuracyView(
                    "default",
                    ESTIMATED,
                    FIXED,
                    1e-4,
                    false,
                    0.89,
                    inUse,
                    List.of(inUse, new ThresholdView(0.89, new BigDecimal("0.5155"), 1.71e-5, 9.6e-5, 11, 1)),
                    new BasisView(
                            183,
                            402,
                            16653,
                            1,
                            true,
                            Instant.parse("2026-11-22T07:58:12Z"),
                            6120,
                            179,
                            Instant.parse("2026-08-24T07:58:12Z")));
        }

        static AccuracyView of(SiteAccuracy accuracy, boolean automatic) {
            return new AccuracyView(
                    accuracy.site(),
                    accuracy.hasTooFewData() ? TOO_FEW_PEOPLE : ESTIMATED,
                    automatic ? AUTO : FIXED,
                    accuracy.target(),
                    accuracy.keepsTarget(),
                    accuracy.recommended().isPresent() ? accuracy.recommended().getAsDouble() : null,
                    ThresholdView.of(accuracy.inUse()),
                    accuracy.table().stream().map(ThresholdView::of).toList(),
                    BasisView.of(accuracy));
        }

        static AccuracyView notYet(String site, boolean automatic) {
            return new AccuracyView(
                    site, NOT_YET_ESTIMATED, automatic ? AUTO : FIXED, null, null, null, null, List.of(), null);
        }
    }

    @GET
    @Path("/{id}/accuracy")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.ORDINARY, scopes = Scope.READ, refuses = Code.SITE_NOT_FOUND)
    @Blocking
    @Operation(
            operationId = "siteAccuracy",
            summary =
                    "How often other people match at a site, estimated from its gallery, and which marks thresholds refuse")
    public AccuracyView accuracy(@Parameter(description = "The site's id") @PathParam("id") String id) {
        Optional<SiteAccuracy> known = monitor.find(id);
        if (known.isPresent()) {
            return AccuracyView.of(known.get(), monitor.isAutomatic());
        }
        if (!monitor.exists(id)) {
            throw new RefusedException(new Refusal(Code.SITE_NOT_FOUND, "There is no active site with this id."));
        }
        return AccuracyView.notYet(id, monitor.isAutomatic());
    }
}
