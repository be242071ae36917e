package dev.rollcall.store.function;

import static dev.rollcall.store.function.DeviceFixture.newTime;
import static dev.rollcall.store.function.PhoneFixture.link;
import static dev.rollcall.store.function.PhoneFixture.linked;
import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.hash;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.audit.AuditStore.Entry;
import dev.rollcall.audit.AuditVerification;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.KeyHash;
import dev.rollcall.keys.PairingStore.Attempt;
import dev.rollcall.keys.PairingStore.NewDevice;
import dev.rollcall.keys.Pairings.Client;
import dev.rollcall.keys.Pairings.Redeeming;
import dev.rollcall.keys.PhoneLinkStore.Creation;
import dev.rollcall.keys.PhoneLinkStore.NewPhoneLink;
import dev.rollcall.keys.PhoneLinkStore.Reason;
import dev.rollcall.keys.PhoneLinkStore.Redemption;
import dev.rollcall.keys.PhoneLinks;
import dev.rollcall.keys.PhoneLinks.Making;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of links for people's phones must do. */
interface PhoneLinkStoreContract extends PhoneFixture {

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
