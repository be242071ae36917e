package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditStore;
import dev.rollcall.sites.Geofence;
import dev.rollcall.sites.IdentifyBy;
import dev.rollcall.sites.LivenessMode;
import dev.rollcall.sites.Site;
import dev.rollcall.sites.SiteChange;
import dev.rollcall.sites.SiteChange.Rule;
import dev.rollcall.sites.SiteRules;
import dev.rollcall.sites.SiteStore;
import dev.rollcall.sites.SiteStore.Creating;
import dev.rollcall.sites.SiteStore.NewSite;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of sites must do. */
interface SiteStoreContract {

    SiteRules ALL_RULES = new SiteRules(
            ZoneId.of("Europe/Madrid"),
            4,
            90,
            LocalTime.of(5, 30),
            1e-5,
            LivenessMode.ENFORCE,
            false,
            new Geofence(36.7213, -4.4214, 150.5),
            IdentifyBy.BADGE,
            true);

    SiteChange.Rules NO_RULES = new SiteChange.Rules(null, null, null, null, null, null, null, null, null, null);

    SiteStore sites();

    AuditStore audit();

    @Test
    default void defaultSite_existsAlways() {
        assertThat(sites().find(Site.DEFAULT)).get().extracting(Site::active).isEqualTo(true);
        assertThat(sites().list(null).orElseThrow().sites())
                .extracting(Site::id)
                .contains(Site.DEFAULT)
                .isSorted();
    }

    @Test
    default void site_isAsItWasAdded() {
        String id = newId();

        Creating creating = sites().create(new NewSite(id, "Málaga", ALL_RULES), MORNING, CALLER);

        Site site = new Site(id, "Málaga", true, ALL_RULES, MORNING, MORNING);
        assertThat(creating).isEqualTo(new Creating.Created(site));
        assertThat(sites().find(id)).contains(site);
        assertThat(sites().list(null).orElseThrow().sites()).contains(site);
        assertThat(noted("SITE_CREATED", id)).contains("Europe/Madrid");
    }

    @Test
    default void siteWithoutRules_hasThoseOfTheSettings() {
        Site site = added(SiteRules.OF_THE_SETTINGS);

        assertThat(sites().find(site.id()).orElseThrow().rules()).isEqualTo(SiteRules.OF_THE_SETTINGS);
    }

    @Test
    default void id_isGivenOnce() {
        Site site = added(ALL_RULES);

        assertThat(sites().create(new NewSite(site.id(), "Other", SiteRules.OF_THE_SETTINGS), MORNING, CALLER))
                .isEqualTo(new Creating.Exists());
        assertThat(sites().find(site.id())).contains(site);
    }

    @Test
    default void sitesAddedAtOnceUnderOneId_areOne() throws Exception {
        String id = newId();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<Creating>> creating = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                creating.add(threads.submit(
                        () -> sites().create(new NewSite(id, "Gate", SiteRules.OF_THE_SETTINGS), MORNING, CALLER)));
            }
            int created = 0;
            for (Future<Creating> one : creating) {
                created += one.get() instanceof Creating.Created ? 1 : 0;
            }
            assertThat(created).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void change_changesWhatItHas() {
        Site before = added(ALL_RULES);
        Instant later = MORNING.plusSeconds(60);
        SiteChange.Rules rules = new SiteChange.Rules(
                null,
                new Rule<>(null),
                new Rule<>(0),
                null,
                null,
                null,
                new Rule<>(true),
                new Rule<>(null),
                new Rule<>(IdentifyBy.NUMBER),
                new Rule<>(false));

        Site after = sites().change(before.id(), new SiteChange("Port", false, rules), later, CALLER)
                .orElseThrow();

        assertThat(after)
                .isEqualTo(new Site(before.id(), "Port", false, rules.on(ALL_RULES), before.createdAt(), later));
        assertThat(after.rules().geofence()).isNull();
        assertThat(after.rules().timeZone()).isEqualTo(ZoneId.of("Europe/Madrid"));
        assertThat(sites().find(before.id())).contains(after);
        assertThat(noted("SITE_CHANGED", before.id()))
                .contains(
                        "name",
                        "active",
                        "max_marks_per_day",
                        "min_seconds_between",
                        "geofence",
                        "identify_by",
                        "pin_allowed")
                .doesNotContain("time_zone", "liveness");
    }

    @Test
    default void changeToWhatIsThere_isNoChange() {
        Site before = added(ALL_RULES);
        SiteChange.Rules same =
                new SiteChange.Rules(null, new Rule<>(4), null, null, new Rule<>(1e-5), null, null, null, null, null);

        assertThat(sites().change(
                                before.id(), new SiteChange(before.name(), true, same), MORNING.plusSeconds(1), CALLER))
                .contains(before);
        assertThat(entries("SITE_CHANGED", before.id())).isEmpty();
    }

    @Test
    default void unknownSite_isNeitherFoundNorChanged() {
        assertThat(sites().find("nowhere")).isEmpty();
        assertThat(sites().change("nowhere", new SiteChange("X", null, NO_RULES), MORNING, CALLER))
                .isEmpty();
    }

    @Test
    default void revision_isAnotherOneAfterAChangeAlone() {
        Site site = added(ALL_RULES);
        String revision = sites().list(null).orElseThrow().revision();
        assertThat(sites().list(revision)).isEmpty();

        sites().change(site.id(), new SiteChange("Port", null, NO_RULES), MORNING, CALLER);

        assertThat(sites().list(revision)).get().satisfies(now -> {
            assertThat(now.revision()).isNotEqualTo(revision);
            assertThat(now.sites()).extracting(Site::name).contains("Port");
        });
    }

    private Site added(SiteRules rules) {
        return ((Creating.Created) sites().create(new NewSite(newId(), "Gate", rules), MORNING, CALLER)).site();
    }

    private static String newId() {
        return "s-" + UUID.randomUUID();
    }

    private String noted(String action, String site) {
        return entries(action, site).get(0).details();
    }

    private List<AuditStore.Entry> entries(String action, String site) {
        return audit().list(new AuditStore.Query(action, null, null, null, null, null, null, 200)).stream()
                .filter(entry -> entry.details().contains(site))
                .toList();
    }
}
