package dev.rollcall.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SitesInForceTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Geofence OFFICE = new Geofence(36.7213, -4.4214, 100);

    private final SitesInMemory store = new SitesInMemory();
    private final SitesInForce sites = new SitesInForce(store, SitesInMemory.SETTINGS);

    @Test
    void whatASiteDoesNotSay_isTheSetting() {
        store.put(site("a", new SiteRules(null, 4, null, LocalTime.of(5, 0), null, null, false, OFFICE, null, null)));
        store.put(site("b", SiteRules.OF_THE_SETTINGS));

        RulesInForce settings = SitesInMemory.SETTINGS;
        assertThat(sites.at("a"))
                .isEqualTo(new RulesInForce(
                        settings.timeZone(),
                        4,
                        settings.minSecondsBetween(),
                        LocalTime.of(5, 0),
                        settings.targetErrorRate(),
                        settings.liveness(),
                        false,
                        OFFICE,
                        IdentifyBy.FACE,
                        false));
        assertThat(sites.at("b")).isEqualTo(settings);
        assertThat(sites.at("unknown")).isEqualTo(settings);
        assertThat(sites.find("unknown")).isEmpty();
    }

    @Test
    void everyRuleOfItsOwn_holds() {
        SiteRules all = new SiteRules(
                ZoneId.of("Europe/Madrid"),
                3,
                5,
                LocalTime.of(6, 0),
                1e-5,
                LivenessMode.ENFORCE,
                false,
                OFFICE,
                IdentifyBy.BADGE,
                true);
        store.put(site("a", all));

        assertThat(sites.at("a"))
                .isEqualTo(new RulesInForce(
                        ZoneId.of("Europe/Madrid"),
                        3,
                        5,
                        LocalTime.of(6, 0),
                        1e-5,
                        LivenessMode.ENFORCE,
                        false,
                        OFFICE,
                        IdentifyBy.BADGE,
                        true));
    }

    @Test
    void questions_readTheStoreOnce() {
        store.put(site("a", SiteRules.OF_THE_SETTINGS));
        sites.at("a");
        sites.at("unknown");
        sites.find("a");

        assertThat(store.lists()).isEqualTo(1);
    }

    @Test
    void change_isKnownAfterARefresh() {
        store.put(site("a", SiteRules.OF_THE_SETTINGS));
        sites.at("a");
        store.put(site("a", new SiteRules(null, 7, null, null, null, null, null, null, null, null)));
        assertThat(sites.at("a").maxMarksPerDay()).isEqualTo(SitesInMemory.SETTINGS.maxMarksPerDay());

        sites.refresh();

        assertThat(sites.at("a").maxMarksPerDay()).isEqualTo(7);
    }

    @Test
    void withoutTheStore_theLastKnownSitesHold() {
        store.put(site("a", new SiteRules(null, 7, null, null, null, null, null, null, null, null)));
        sites.refresh();
        store.breakDown();

        sites.refreshIfPossible();

        assertThat(sites.at("a").maxMarksPerDay()).isEqualTo(7);
        assertThatThrownBy(sites::refresh).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void beforeTheStoreCouldBeRead_nothingIsAssumed() {
        store.breakDown();

        sites.refreshIfPossible();

        assertThatThrownBy(() -> sites.at("a")).isInstanceOf(StoreUnavailableException.class);
    }

    private static Site site(String id, SiteRules rules) {
        return new Site(id, "Gate", true, rules, NOW, NOW);
    }
}
