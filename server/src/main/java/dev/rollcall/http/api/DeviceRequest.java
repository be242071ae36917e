package dev.rollcall.http.api;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.JsonBody;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.DeviceStore;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reader of the bodies about devices and pairings. A body with a field that it can't have is refused. */
final class DeviceRequest {

    private static final String NAME = "name";
    private static final String SITE = "site";
    private static final String CODE = "code";

    private DeviceRequest() {}

    /** The name and the site of a device that is to be paired. */
    record NewPairing(String name, String site) {}

    static NewPairing pairing(InputStream body, long length) {
        JsonBody json = JsonBody.read(body, length, Set.of(NAME, SITE));
        return new NewPairing(Fields.name(NAME, json.text(NAME)), siteOrDefault(json.text(SITE)));
    }

    /** A change of a device: a JSON merge patch (RFC 7396), whose fields can't be removed. */
    static DeviceStore.Change change(InputStream body, long length) {
        JsonBody json = JsonBody.read(body, length, Set.of(NAME, SITE));
        String site = ListQuery.site(json.text(SITE));
        if (site == null && json.has(SITE)) {
            throw RefusedException.invalid(SITE, "site must be the id of a site");
        }
        return new DeviceStore.Change(json.has(NAME) ? Fields.name(NAME, json.text(NAME)) : null, site);
    }

    /** The code that somebody typed, whatever it is. */
    static String code(InputStream body, long length) {
        return JsonBody.read(body, length, Set.of(CODE)).required(CODE);
    }

    /** The id of a site, which need not exist. */
    static String siteOrDefault(@Nullable String text) {
        String site = ListQuery.site(text);
        return site == null ? ApiKey.DEFAULT_SITE : site;
    }
}
