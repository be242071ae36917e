package dev.rollcall.recognition;

import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.sites.IdentifyBy;
import dev.rollcall.sites.LivenessMode;
import dev.rollcall.sites.SitesInForce;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requirements of each site on pictures. Safe for use by several threads.
 *
 * @param base the requirements of every site, but for the liveness mode
 * @param sites with the liveness mode of each
 */
public record SiteAnalysis(AnalysisRules base, SitesInForce sites) {

    /** The requirements of a site on a picture that is analysed by itself. */
    public AnalysisRules at(String site) {
        return base.withLiveness(sites.at(site).liveness().ofPicture());
    }

    /** Why a mark by a face is refused at a site: it needs the token of a challenge, and there is none. */
    Optional<Refusal> challengeMissing(String site, @Nullable ChallengeToken token) {
        return token == null && sites.at(site).liveness() == LivenessMode.CHALLENGE
                ? Optional.of(
                        new Refusal(
                                Code.CHALLENGE_REQUIRED,
                                "At this site a mark needs a head-turn challenge: pass one, and send its token as challenge_token."))
                : Optional.empty();
    }

    /**
     * Why a mark by a face is refused at a site: it needs a badge or a number, and there is none.
     *
     * @param given what the request gives with the face
     */
    Optional<Refusal> claimMissing(String site, IdentifyBy given) {
        IdentifyBy needed = sites.at(site).identifyBy();
        if (given.compareTo(needed) >= 0) {
            return Optional.empty();
        }
        return Optional.of(
                needed == IdentifyBy.BADGE
                        ? new Refusal(
                                Code.BADGE_REQUIRED,
                                "At this site a mark needs the person's badge: send its text as badge.")
                        : new Refusal(
                                Code.NUMBER_REQUIRED,
                                "At this site a mark needs the person's number or badge: call /recognize."));
    }

    /** Why a mark by number and PIN is refused at a site. */
    Optional<Refusal> pinRefused(String site) {
        return sites.at(site).pinAllowed()
                ? Optional.empty()
                : Optional.of(new Refusal(Code.PIN_NOT_ALLOWED, "At this site number and PIN make no mark."));
    }

    /** Why nobody is recognised at the site of a key: it is not active. To be asked first: then the site and its rules are known. */
    public Optional<Refusal> refusal(String site) {
        return sites.findExisting(site)
                .filter(found -> !found.active())
                .map(found -> new Refusal(Code.SITE_NOT_FOUND, "The site of this API key is not active."));
    }
}
