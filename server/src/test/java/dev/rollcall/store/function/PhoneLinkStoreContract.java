package dev.rollcall.store.function;

import static dev.rollcall.store.function.DeviceFixture.newTime;
import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.hash;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.audit.AuditStore.Entry;
import dev.rollcall.audit.AuditVerification;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.DeviceStore;
import dev.rollcall.keys.DeviceStore.Filter;
import dev.rollcall.keys.DeviceStore.Query;
import dev.rollcall.keys.DeviceStore.Whose;
import dev.rollcall.keys.KeyHash;
import dev.rollcall.keys.PairingStore.Attempt;
import dev.rollcall.keys.PairingStore.AttemptLimits;
import dev.rollcall.keys.PairingStore.NewDevice;
import dev.rollcall.keys.Pairings.Client;
import dev.rollcall.keys.Pairings.Redeeming;
import dev.rollcall.keys.PhoneLinkStore;
import dev.rollcall.keys.PhoneLinkStore.Creation;
import dev.rollcall.keys.PhoneLinkStore.NewPhoneLink;
import dev.rollcall.keys.PhoneLinkStore.Reason;
import dev.rollcall.keys.PhoneLinkStore.Redemption;
import dev.rollcall.keys.PhoneLinks;
import dev.rollcall.keys.PhoneLinks.Making;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.Label;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of links for people's phones must do. */
interface PhoneLinkStoreContract extends DeviceFixture, DirectoryFixture {

    AttemptLimits FEW = new AttemptLimits(Duration.ofMinutes(10), 3, 1000);
    Caller PHONE = new Caller("phone-link", "request-8", "192.0.2.8");
    String PHONE_NETWORK = "192.0.2.8";

    default PhoneLinkStore phoneLinks() {
        return new FunctionPhoneLinkStore(functions());
    }

    @Test
    default void link_isTradedOnceForAKeyOfItsPerson() {
        UserId ann = enrolledPerson();
        Instant now = newTime();
        NewPhoneLink link = link(ann, null, now);

        assertThat(phoneLinks().create(link, 3, CALLER)).isInstanceOf(Creation.Created.class);
        NewDevice phone = new NewDevice(hash(), "phone page", now.plusSeconds(5), PHONE);
        ApiKey key = linked(phoneLinks().redeem(link.hash(), "phone", phone, PHONE_NETWORK, FEW));

        assertThat(key.scopes()).containsExactly(Scope.SELF);
        assertThat(key.userId()).isEqualTo(ann.value());
        assertThat(key.site()).isEqualTo("default");
        assertThat(key.deviceVersion()).isEqualTo("phone page");
        assertThat(keys().use(phone.keyHash(), now.plusSeconds(6), null)).isPresent();
        assertThat(phoneLinks().read(ann.value(), now)).isEmpty();
        assertThat(redeemed(link.hash(), now)).isInstanceOf(Redemption.Invalid.class);
        assertThat(details(ann, "PHONE_LINK_CREATED")).singleElement().satisfies(noted -> assertThat(noted.toString())
                .doesNotContain(link.hash()));
        Entry noted = entries("PHONE_LINKED").get(0);
        assertThat(noted.keyId()).isEqualTo("phone-link");
        assertThat(noted.address()).isEqualTo(PHONE_NETWORK);
        JsonNode details = Json.parse(noted.details());
        assertThat(details.path("id").asText()).isEqualTo(key.id());
        assertThat(details.path("made_by").asText()).isEqualTo(CALLER.keyId());
        assertThat(AuditVerification.of(audit(), List.of()).problems()).isEmpty();
    }

    @Test
    default void phonesWithOneLinkAtOnce_getOneKey() throws Exception {
        for (int round = 0; round < 3; round++) {
            UserId ann = enrolledPerson();
            Instant now = newTime();
            NewPhoneLink link = link(ann, null, now);
            phoneLinks().create(link, 3, CALLER);

            List<Redemption> results = atOnce(6, () -> redeemed(link.hash(), now));

            assertThat(results.stream().filter(Redemption.Linked.class::isInstance))
                    .hasSize(1);
            assertThat(phonesOf(ann)).hasSize(1);
        }
    }

    @Test
    default void newLink_endsTheOneBefore() {
        UserId ann = enrolledPerson();
        Instant now = newTime();
        NewPhoneLink first = link(ann, null, now);
        NewPhoneLink second = link(ann, null, now.plusSeconds(1));
        phoneLinks().create(first, 3, CALLER);
        phoneLinks().create(second, 3, CALLER);

        assertThat(redeemed(first.hash(), now.plusSeconds(2))).isInstanceOf(Redemption.Invalid.class);
        assertThat(redeemed(second.hash(), now.plusSeconds(2))).isInstanceOf(Redemption.Linked.class);
    }

    @Test
    default void linkThatIsCancelledOrExpired_canNotBeUsed() {
        UserId ann = enrolledPerson();
        Instant now = newTime();
        NewPhoneLink cancelled = link(ann, null, now);
        phoneLinks().create(cancelled, 3, CALLER);

        assertThat(phoneLinks().cancel(ann.value(), now, CALLER)).isPresent();
        assertThat(phoneLinks().cancel(ann.value(), now, CALLER)).isEmpty();
        assertThat(redeemed(cancelled.hash(), now)).isInstanceOf(Redemption.Invalid.class);
        NewPhoneLink expired = link(ann, null, now);
        phoneLinks().create(expired, 3, CALLER);

        assertThat(phoneLinks().read(ann.value(), now.plusSeconds(86_399))).isPresent();
        assertThat(phoneLinks().read(ann.value(), now.plusSeconds(86_400))).isEmpty();
        assertThat(redeemed(expired.hash(), now.plusSeconds(86_400))).isInstanceOf(Redemption.Invalid.class);
        assertThat(details(ann, "PHONE_LINK_CANCELLED")).hasSize(1);
    }

    @Test
    default void personWithTheMostPhones_getsNoLinkUntilOneIsRevoked() {
        UserId ann = enrolledPerson();
        Instant now = newTime();
        String first = linkedPhone(ann, now).id();
        linkedPhone(ann, now);

        assertThat(phoneLinks().create(link(ann, null, now), 2, CALLER)).isEqualTo(new Creation.Not(Reason.TOO_MANY));
        devices().revoke(first, now, CALLER);
        assertThat(phoneLinks().create(link(ann, null, now), 2, CALLER)).isInstanceOf(Creation.Created.class);
        assertThat(details(ann, "KEY_REVOKED")).hasSize(1);
    }

    @Test
    default void linksOfWhoeverCanNotMark_areNotMade() throws Exception {
        String site = newSite();
        UserId bound = enrolledPerson();
        changed(bound, bound(site));
        UserId inactive = enrolledPerson();
        changed(inactive, active(false));
        Instant now = newTime();

        assertThat(reason(newUserId(), null, now)).isEqualTo(Reason.NOT_ENROLLED);
        assertThat(reason(inactive, null, now)).isEqualTo(Reason.INACTIVE);
        assertThat(reason(enrolledPerson(), "nowhere", now)).isEqualTo(Reason.UNKNOWN_SITE);
        assertThat(reason(bound, "default", now)).isEqualTo(Reason.OTHER_SITE);
        assertThat(phoneLinks().create(link(bound, null, now), 3, CALLER)).isInstanceOf(Creation.Created.class);
        assertThat(phoneLinks().read(bound.value(), now).orElseThrow().site()).isEqualTo(site);
    }

    @Test
    default void phone_marksWhereItsPersonIs() throws Exception {
        String site = newSite();
        UserId ann = enrolledPerson();
        ApiKey phone = linkedPhone(ann, newTime());

        changed(ann, bound(site));

        assertThat(devices().read(phone.id()).orElseThrow().site()).isEqualTo(site);
        assertThat(devices().list(query(new Filter(null, site, new Whose.Person(ann.value()))), NOON.at()))
                .hasSize(1);
        changed(ann, new PersonChange(null, null, null, null, Label.NONE));
        assertThat(devices().read(phone.id()).orElseThrow().site()).isEqualTo("default");
    }

    @Test
    default void phoneOfABoundPerson_getsNoOtherSite() throws Exception {
        String site = newSite();
        UserId ann = enrolledPerson();
        ApiKey phone = linkedPhone(ann, newTime());
        changed(ann, bound(site));
        int before = entries("DEVICE_CHANGED").size();

        assertThat(devices().change(phone.id(), new DeviceStore.Change("hers", "default"), NOON.at(), CALLER))
                .isInstanceOf(DeviceStore.Changing.OtherSite.class);
        assertThat(devices().read(phone.id()).orElseThrow()).satisfies(unchanged -> {
            assertThat(unchanged.name()).isEqualTo(phone.name());
            assertThat(unchanged.site()).isEqualTo(site);
        });
        assertThat(entries("DEVICE_CHANGED")).hasSize(before);
        assertThat(devices().change(phone.id(), new DeviceStore.Change("hers", site), NOON.at(), CALLER))
                .isInstanceOf(DeviceStore.Changing.Changed.class);
    }

    @Test
    default void phones_areListedApartFromTheDevicesOfNobody() throws Exception {
        String site = newSite();
        UserId ann = enrolledPerson();
        Instant now = newTime();
        ApiKey kiosk = newDevice("kiosk", site, now);
        NewPhoneLink link = link(ann, site, now);
        phoneLinks().create(link, 3, CALLER);
        ApiKey phone = linked(redeemed(link.hash(), now));

        assertThat(idsOf(site, null)).containsExactlyInAnyOrder(kiosk.id(), phone.id());
        assertThat(idsOf(site, new Whose.Nobody())).containsExactly(kiosk.id());
        assertThat(idsOf(site, new Whose.People())).containsExactly(phone.id());
        assertThat(idsOf(site, new Whose.Person(ann.value()))).containsExactly(phone.id());
        assertThat(idsOf(site, new Whose.Person(newUserId().value()))).isEmpty();
    }

    @Test
    default void deactivatedPerson_hasNoPhonesAndNoLink() {
        UserId ann = enrolledPerson();
        Instant now = newTime();
        NewDevice phone = new NewDevice(hash(), null, now, PHONE);
        NewPhoneLink used = link(ann, null, now);
        phoneLinks().create(used, 3, CALLER);
        phoneLinks().redeem(used.hash(), "phone", phone, PHONE_NETWORK, FEW);
        NewPhoneLink open = link(ann, null, now);
        phoneLinks().create(open, 3, CALLER);

        changed(ann, active(false));

        assertThat(keys().use(phone.keyHash(), now, null)).isEmpty();
        assertThat(redeemed(open.hash(), now)).isInstanceOf(Redemption.Invalid.class);
        changed(ann, active(true));
        assertThat(keys().use(phone.keyHash(), now, null)).isEmpty();
        assertThat(details(ann, "KEY_REVOKED")).hasSize(1);
        assertThat(details(ann, "PHONE_LINK_CANCELLED")).hasSize(1);
        assertThat(AuditVerification.of(audit(), List.of()).problems()).isEmpty();
    }

    @Test
    default void erasedPerson_hasNoPhonesAndNoLink() {
        UserId ann = enrolledPerson();
        Instant now = newTime();
        NewDevice phone = new NewDevice(hash(), null, now, PHONE);
        NewPhoneLink used = link(ann, null, now);
        phoneLinks().create(used, 3, CALLER);
        ApiKey key = linked(phoneLinks().redeem(used.hash(), "phone", phone, PHONE_NETWORK, FEW));
        NewPhoneLink open = link(ann, null, now);
        phoneLinks().create(open, 3, CALLER);
        JsonNode export = Json.parse(people().export(ann, now, CALLER).orElseThrow());
        assertThat(export.at("/phones/0/id").asText()).isEqualTo(key.id());
        assertThat(export.at("/phone_links/0").has("link_hash")).isFalse();
        assertThat(export.path("phone_links")).hasSize(1);

        people().erase(ann, now, KeptMarks.KEEP, CALLER);

        assertThat(keys().use(phone.keyHash(), now, null)).isEmpty();
        assertThat(devices().read(key.id())).isEmpty();
        assertThat(redeemed(open.hash(), now)).isInstanceOf(Redemption.Invalid.class);
        assertThat(details(ann, "ERASED").get(0).path("phones_removed").asInt()).isEqualTo(1);
    }

    @Test
    default void wrongLinks_areLimitedByNetworkAndNotTogetherWithCodes() {
        Instant now = newTime();
        for (int i = 0; i < 3; i++) {
            assertThat(redeemed(hash(), now)).isInstanceOf(Redemption.Invalid.class);
        }
        UserId ann = enrolledPerson();
        NewPhoneLink link = link(ann, null, now);
        phoneLinks().create(link, 3, CALLER);

        assertThat(redeemed(link.hash(), now)).isEqualTo(new Redemption.Locked(now.plusSeconds(600)));

        assertThat(phoneLinks()
                        .redeem(link.hash(), "phone", new NewDevice(hash(), null, now, PHONE), "198.51.100.9", FEW))
                .isInstanceOf(Redemption.Linked.class);
        assertThat(pairings().count(PHONE_NETWORK, now, FEW)).isInstanceOf(Attempt.Counted.class);
    }

    @Test
    default void linksThatAreWrongUsedCancelledOrExpired_areRefusedInTheSameWay() {
        Instant now = newTime();
        PhoneLinks then = new PhoneLinks(phoneLinks(), Clock.fixed(now, ZoneOffset.UTC));
        PhoneLinks nextDay = new PhoneLinks(phoneLinks(), Clock.fixed(now.plusSeconds(86_400), ZoneOffset.UTC));
        UserId ann = enrolledPerson();
        String used = made(then, ann).token();
        Redeeming.Paired paired = (Redeeming.Paired) then.redeem(used, client());
        assertThat(keys().use(KeyHash.of(paired.key().secret()), now, null)).isPresent();
        String cancelled = made(then, ann).token();
        then.cancel(ann.value(), CALLER);
        String expired = made(then, ann).token();

        List<Refusal> refusals = List.of(
                refused(then, used),
                refused(then, cancelled),
                refused(nextDay, expired),
                refused(then, "A".repeat(43)),
                refused(then, ""),
                refused(then, "\0".repeat(43)));

        assertThat(refusals)
                .containsOnly(refusals.get(0))
                .extracting(Refusal::code)
                .contains(Code.PHONE_LINK_INVALID);
    }

    @Test
    default void sweep_removesExpiredLinksAlone() {
        Instant now = newTime();
        UserId ann = enrolledPerson();
        UserId bob = enrolledPerson();
        phoneLinks().create(link(ann, null, now), 3, CALLER);
        phoneLinks().create(link(bob, null, now.plusSeconds(60)), 3, CALLER);

        phoneLinks().sweep(now.plusSeconds(86_400));

        assertThat(phoneLinks().read(ann.value(), now)).isEmpty();
        assertThat(phoneLinks().read(bob.value(), now)).isPresent();
    }

    private static Making.Made made(PhoneLinks links, UserId userId) {
        return (Making.Made) links.make(userId.value(), null, CALLER);
    }

    private static Refusal refused(PhoneLinks links, String token) {
        return ((Redeeming.Refused) links.redeem(token, client())).refusal();
    }

    private static Client client() {
        return new Client(PHONE_NETWORK, null, PHONE);
    }

    private Reason reason(UserId userId, @Nullable String site, Instant now) {
        return ((Creation.Not) phoneLinks().create(link(userId, site, now), 3, CALLER)).reason();
    }

    private List<String> idsOf(String site, @Nullable Whose whose) {
        return devices().list(query(new Filter(null, site, whose)), NOON.at()).stream()
                .map(ApiKey::id)
                .toList();
    }

    private List<ApiKey> phonesOf(UserId userId) {
        return devices().list(query(new Filter(null, null, new Whose.Person(userId.value()))), NOON.at());
    }

    private static Query query(Filter filter) {
        return new Query(filter, false, null, 100);
    }

    private ApiKey linkedPhone(UserId userId, Instant now) {
        NewPhoneLink link = link(userId, null, now);
        phoneLinks().create(link, 3, CALLER);
        return linked(redeemed(link.hash(), now));
    }

    private static ApiKey linked(Redemption redemption) {
        return Optional.of(redemption)
                .map(Redemption.Linked.class::cast)
                .orElseThrow()
                .key();
    }

    private Redemption redeemed(String hash, Instant now) {
        return phoneLinks().redeem(hash, "phone", new NewDevice(hash(), null, now, PHONE), PHONE_NETWORK, FEW);
    }

    private static NewPhoneLink link(UserId userId, @Nullable String site, Instant now) {
        return new NewPhoneLink(userId.value(), hash(), site, now, now.plus(Duration.ofDays(1)));
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(Collections.nCopies(times, call))) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
