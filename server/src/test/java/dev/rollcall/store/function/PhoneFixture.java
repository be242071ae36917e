package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.hash;

import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.DeviceStore.Filter;
import dev.rollcall.keys.DeviceStore.Query;
import dev.rollcall.keys.DeviceStore.Whose;
import dev.rollcall.keys.PairingStore.AttemptLimits;
import dev.rollcall.keys.PairingStore.NewDevice;
import dev.rollcall.keys.PhoneLinkStore;
import dev.rollcall.keys.PhoneLinkStore.NewPhoneLink;
import dev.rollcall.keys.PhoneLinkStore.Redemption;
import dev.rollcall.people.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Phones of people, and the links that they get their keys by. */
interface PhoneFixture extends DeviceFixture, DirectoryFixture {

    AttemptLimits FEW = new AttemptLimits(Duration.ofMinutes(10), 3, 1000);
    Caller PHONE = new Caller("phone-link", "request-8", "192.0.2.8");
    String PHONE_NETWORK = "192.0.2.8";

    default PhoneLinkStore phoneLinks() {
        return new FunctionPhoneLinkStore(functions());
    }

    default ApiKey linkedPhone(UserId userId, Instant now) {
        NewPhoneLink link = link(userId, null, now);
        phoneLinks().create(link, 3, CALLER);
        return linked(redeemed(link.hash(), now));
    }

    static ApiKey linked(Redemption redemption) {
        return Optional.of(redemption)
                .map(Redemption.Linked.class::cast)
                .orElseThrow()
                .key();
    }

    default Redemption redeemed(String hash, Instant now) {
        return phoneLinks().redeem(hash, "phone", new NewDevice(hash(), null, now, PHONE), PHONE_NETWORK, FEW);
    }

    static NewPhoneLink link(UserId userId, @Nullable String site, Instant now) {
        return new NewPhoneLink(userId.value(), hash(), site, now, now.plus(Duration.ofDays(1)));
    }

    default List<ApiKey> phonesOf(UserId userId) {
        return devices().list(query(new Filter(null, null, new Whose.Person(userId.value()))), NOON.at());
    }

    static Query query(Filter filter) {
        return new Query(filter, false, null, 100);
    }
}
