package dev.rollcall.recognition;

import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.sites.SitesInForce;
import java.util.Optional;

/**
 * The requirements of each site on pictures. Safe for use by several threads.
 *
 * @param base the requirements of every site, but for the liveness mode
 * @param sites with the liveness mode of each
 */
public record SiteAnalysis(AnalysisRules base, SitesInForce sites) {

    AnalysisRules at(String site) {
        return base.withLiveness(sites.at(site).liveness());
    }

    /** Why nobody is recognised at the site of a key: it is not active. To be asked first: then the site and its rules are known. */
    Optional<Refusal> refusal(String site) {
        return sites.findExisting(site)
                .filter(found -> !found.active())
                .map(found -> new Refusal(Code.SITE_NOT_FOUND, "The site of this API key is not active."));
    }
}
