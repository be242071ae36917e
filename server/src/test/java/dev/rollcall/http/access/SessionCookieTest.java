package dev.rollcall.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionCookieTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "same-origin | https://a.example      | a.example      | false",
                "none        | -                      | a.example      | false",
                "same-origin | https://a.example      | 127.0.0.1:8000 | false",
                "same-site   | https://b.a.example    | a.example      | true",
                "cross-site  | -                      | a.example      | true",
                "cross-site  | https://a.example      | a.example      | true",
                "nonsense    | -                      | a.example      | true",
                "-           | -                      | a.example      | false",
                "-           | http://10.0.0.5:8000   | 10.0.0.5:8000  | false",
                "-           | http://KIOSK:8000      | kiosk:8000     | false",
                "-           | http://10.0.0.5:9000   | 10.0.0.5:8000  | true",
                "-           | http://10.0.0.5:8000   | -              | true",
                "-           | null                   | a.example      | true",
                "-           | http://a.example@b     | a.example      | true",
                "-           | '://'                  | a.example      | true"
            })
    void requestsOfOtherOrigins_areKnownByTheBrowsersHeaders(
            @Nullable String fetchSite, @Nullable String origin, @Nullable String host, boolean isCrossOrigin) {
        assertThat(SessionCookie.isCrossOrigin(fetchSite, origin, host)).isEqualTo(isCrossOrigin);
    }
}
