package dev.rollcall.store.function;

import static dev.rollcall.store.function.DeviceFixture.newTime;
import static dev.rollcall.store.function.PhoneFixture.link;
import static dev.rollcall.store.function.PhoneFixture.linked;
import static dev.rollcall.store.function.PhoneFixture.query;
import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.hash;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.audit.AuditVerification;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.DeviceStore;
import dev.rollcall.keys.DeviceStore.Filter;
import dev.rollcall.keys.DeviceStore.Whose;
import dev.rollcall.keys.PairingStore.NewDevice;
import dev.rollcall.keys.PhoneLinkStore.NewPhoneLink;
import dev.rollcall.keys.PhoneLinkStore.Redemption;
import dev.rollcall.people.Label;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store must do with the phones of people who change, or are no more. */
interface PhoneStoreContract extends PhoneFixture {

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

    private List<String> idsOf(String site, @Nullable Whose whose) {
        return devices().list(query(new Filter(null, site, whose)), NOON.at()).stream()
                .map(ApiKey::id)
                .toList();
    }
}
