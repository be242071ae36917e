package dev.rollcall.store.function;

import static dev.rollcall.store.function.RowKind.TIME;
import static dev.rollcall.store.function.RowKind.kind;

import dev.rollcall.archive.ArchiveStore;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.DeviceStore.Change;
import dev.rollcall.keys.PairingStore.AttemptLimits;
import dev.rollcall.keys.PairingStore.NewDevice;
import dev.rollcall.keys.PairingStore.NewPairing;
import dev.rollcall.keys.PairingStore.StoredCode;
import dev.rollcall.keys.PhoneLinkStore.NewPhoneLink;
import dev.rollcall.people.UserId;
import dev.rollcall.pins.PinStore;
import dev.rollcall.sites.SiteRules;
import dev.rollcall.sites.SiteStore;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The kinds of rows about the service itself: its sites, keys and devices, archives, audit log and schema. */
final class ServiceRowKinds {

    private static final String AUDIT =
            "'id': 1, 'action': 'X', 'user_id': null, 'key_id': null, 'request_id': null, 'address': null, 'site': null,"
                    + " 'hash': '00'";
    private static final String KEY =
            "{'id': '0123456789ab', 'name': 'k', 'scopes': ['admin'], 'site': 'default', 'created_at': " + TIME
                    + ", 'expires_at': null, 'last_used_at': null, 'revoked_at': null, 'device_version': null, 'user_id': null}";
    private static final String PHONE_LINK = "{'user_id': 'u', 'site': 'default', 'created_at': " + TIME
            + ", 'expires_at': " + TIME + ", 'key_id': null}";
    private static final String PAIRING = "{'id': '0123456789ab', 'name': 'k', 'site': 'default', 'created_at': " + TIME
            + ", 'expires_at': " + TIME + ", 'key_id': null}";
    private static final AttemptLimits ATTEMPTS = new AttemptLimits(Duration.ofMinutes(1), 1, 1);

    private ServiceRowKinds() {}

    static List<RowKind> all() {
        return Stream.of(sites(), archives(), auditLog(), keys(), schema())
                .flatMap(List::stream)
                .toList();
    }

    private static List<RowKind> sites() {
        String site = "{'site': 'a', 'name': 'A', 'active': true, 'time_zone': 'Europe/Madrid', 'max_marks_per_day': 4,"
                + " 'min_seconds_between': 60, 'day_starts_at': '05:00:00', 'target_error_rate': 0.1, 'liveness': 'off',"
                + " 'directions_allowed': null, 'geofence': {'latitude': 1, 'longitude': 2, 'radius_m': 30},"
                + " 'identify_by': 'face', 'pin_allowed': null,"
                + " 'created_at': " + TIME + ", 'updated_at': " + TIME + "}";
        SiteStore.NewSite added = new SiteStore.NewSite("a", "A", SiteRules.OF_THE_SETTINGS);
        return List.of(
                kind("listed sites", "{'revision': 'r', 'sites': [" + site + "]}", f -> new FunctionSiteStore(f)
                        .list(null)),
                kind("site", site, f -> new FunctionSiteStore(f).find("a")),
                kind("created site", "{'code': 'CREATED', 'site': " + site + "}", f -> new FunctionSiteStore(f)
                        .create(added, Samples.MORNING, Caller.SERVICE)));
    }

    private static List<RowKind> archives() {
        Consumer<DatabaseFunctions> finish = f -> archive(f).finish("import", 1, Samples.MORNING);
        return List.of(
                new RowKind("exported row", "[{'cursor': 'a', 'content': '{}'}]", Set.of("cursor"), f -> archive(f)
                        .read(ArchiveStore.Kind.PERSON, "")),
                kind(
                        "last row of a page",
                        "[" + String.join(",", Collections.nCopies(5, "{'cursor': 'a', 'content': '{}'}")) + "]",
                        f -> archive(f).read(ArchiveStore.Kind.PERSON, "")),
                kind("import", "{'code': 'IMPORTED', 'added': {}}", finish),
                kind(
                        "import's problem",
                        "{'code': 'INVALID', 'problem': {'row': 1, 'other': null, 'kind': 'mark', 'field': 'number',"
                                + " 'reason': 'TWICE'}}",
                        finish),
                kind("import's conflict", "{'code': 'CONFLICT', 'conflicts': [{'kind': 'mark', 'id': '1'}]}", finish));
    }

    private static List<RowKind> auditLog() {
        AuditStore.Query everything = new AuditStore.Query(null, null, null, null, null, null, null, 5);
        return List.of(
                kind(
                        "audit entry",
                        "[{" + AUDIT + ", 'key_name': null, 'at': " + TIME + ", 'details': {}}]",
                        f -> audit(f).list(everything)),
                kind(
                        "audit chain",
                        "[{'chain': 'c', 'own': true, 'anchor_number': 0, 'anchor_hash': '00', 'head_number': 1,"
                                + " 'head_hash': '00'}]",
                        f -> audit(f).chains()),
                kind(
                        "audit link",
                        "[{" + AUDIT + ", 'number': 1, 'at_microseconds': 1, 'details': '{}', 'previous': '00'}]",
                        f -> audit(f).links("c", 0)),
                kind(
                        "audit stray",
                        "[{'chain': 'c', 'place': 'NO_CHAIN', 'rows': 1, 'first': 1, 'last': 1}]",
                        f -> audit(f).strays()),
                kind("audit guard", "[{'table': 'audit_log', 'name': 't', 'state': 'OFF'}]", f -> audit(f).guards()));
    }

    private static List<RowKind> keys() {
        PinStore.Attempted attempted = new PinStore.Attempted(new UserId("ann"), "key", "default", Samples.MORNING);
        PinStore.Limits limits = new PinStore.Limits(Duration.ofMinutes(1), 1, 1);
        return List.of(
                kind(
                        "badges",
                        "[{'user_id': 'ann', 'name': 'Ann', 'group': null, 'site': 'default', 'site_name': 'A', 'issue': 'abcdef',"
                                + " 'issued_at': " + TIME + ", 'key': '00'}]",
                        f -> new FunctionBadgeStore(f)
                                .issue(List.of(new UserId("ann")), false, Samples.MORNING, Caller.SERVICE)),
                kind("badge", "{'issue': 'abcdef', 'key': '00'}", f -> new FunctionBadgeStore(f)
                        .find(new UserId("ann"))),
                kind("credentials", "{'pin_set_at': " + TIME + ", 'badge_issued_at': null}", f -> new FunctionPinStore(
                                f)
                        .find(new UserId("ann"))),
                kind("counted PIN", "{'code': 'COUNTED', 'name': 'Ann', 'pin_hash': 'x'}", f -> new FunctionPinStore(f)
                        .count(attempted, limits)),
                kind("locked PIN", "{'code': 'LOCKED', 'until': " + TIME + "}", f -> new FunctionPinStore(f)
                        .count(attempted, limits)),
                kind("key", KEY, f -> new FunctionApiKeyStore(f).use("hash", Samples.MORNING, null)),
                kind("changed device", "{'code': 'CHANGED', 'device': " + KEY + "}", f -> new FunctionDeviceStore(f)
                        .change("0123456789ab", new Change("k", null), Samples.MORNING, Caller.SERVICE)),
                kind("pairing", "[" + PAIRING + "]", f -> new FunctionPairingStore(f).list(Samples.MORNING)),
                kind("created pairing", "{'code': 'CREATED', 'pairing': " + PAIRING + "}", ServiceRowKinds::pair),
                kind("too many pairings", "{'code': 'TOO_MANY', 'next_at': " + TIME + "}", ServiceRowKinds::pair),
                kind(
                        "counted attempt",
                        "{'code': 'COUNTED', 'pairings': [{'id': '0123456789ab', 'salt': '00', 'code_hash': '00'}]}",
                        f -> new FunctionPairingStore(f).count("192.0.2.1", Samples.MORNING, ATTEMPTS)),
                kind("phone link", PHONE_LINK, f -> new FunctionPhoneLinkStore(f).read("u", Samples.MORNING)),
                kind(
                        "made phone link",
                        "{'code': 'CREATED', 'link': " + PHONE_LINK + "}",
                        f -> new FunctionPhoneLinkStore(f)
                                .create(
                                        new NewPhoneLink("u", "00", null, Samples.MORNING, Samples.MORNING),
                                        1,
                                        Caller.SERVICE)),
                kind("used phone link", "{'code': 'LINKED', 'key': " + KEY + "}", ServiceRowKinds::redeem),
                kind("locked phone link", "{'code': 'LOCKED', 'until': " + TIME + "}", ServiceRowKinds::redeem),
                kind("locked attempt", "{'code': 'LOCKED', 'until': " + TIME + "}", f -> new FunctionPairingStore(f)
                        .count("192.0.2.1", Samples.MORNING, ATTEMPTS)));
    }

    private static List<RowKind> schema() {
        return List.of(kind("schema", "{'version': 1, 'revision': 1, 'checksum': ''}", Schema::stateOf));
    }

    private static void pair(DatabaseFunctions functions) {
        NewPairing pairing = new NewPairing(
                "0123456789ab",
                new StoredCode("00", "00"),
                "k",
                "default",
                Samples.MORNING,
                Samples.MORNING.plusSeconds(1));
        new FunctionPairingStore(functions).create(pairing, 1, Caller.SERVICE);
    }

    private static void redeem(DatabaseFunctions functions) {
        NewDevice phone = new NewDevice("00", null, Samples.MORNING, Caller.SERVICE);
        new FunctionPhoneLinkStore(functions).redeem("00", "phone", phone, "192.0.2.1", ATTEMPTS);
    }

    private static FunctionArchiveStore archive(DatabaseFunctions functions) {
        return new FunctionArchiveStore(functions, TemplateSeal.none());
    }

    private static FunctionAuditStore audit(DatabaseFunctions functions) {
        return new FunctionAuditStore(functions);
    }
}
