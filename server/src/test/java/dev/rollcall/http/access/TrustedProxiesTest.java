package dev.rollcall.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private static final TrustedProxies PROXIES =
            TrustedProxies.parse(List.of("127.0.0.1", " 10.0.0.0/8", "fd00::/8", "::1"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 198.51.100.1               | 203.0.113.9",
                "127.0.0.1   | 198.51.100.1               | 198.51.100.1",
                "127.0.0.1   | 192.0.2.66, 198.51.100.1   | 198.51.100.1",
                "127.0.0.1   | 198.51.100.1, 10.1.2.3     | 198.51.100.1",
                "127.0.0.1   | 10.9.9.9, 10.1.2.3         | 10.9.9.9",
                "127.0.0.1   | 198.51.100.1, unknown      | 127.0.0.1",
                "127.0.0.1   | 198.51.100.1, , 10.1.2.3   | 10.1.2.3",
                "127.0.0.1   | evil.example               | 127.0.0.1",
                "::1         | 2001:db8::1                | 2001:db8:0:0:0:0:0:1",
                "fd12::1     | 198.51.100.1               | 198.51.100.1",
                "fe80::1     | 198.51.100.1               | fe80::1",
                "10.255.0.1  | 198.51.100.1               | 198.51.100.1",
                "11.0.0.1    | 198.51.100.1               | 11.0.0.1"
            })
    void client_isTheLastWhomNoTrustedProxyIs(String peer, String forwarded, String client) {
        assertThat(PROXIES.client(peer, List.of(forwarded))).isEqualTo(client);
    }

    @Test
    void severalHeaders_areOneList() {
        assertThat(PROXIES.client("127.0.0.1", List.of("192.0.2.66", "198.51.100.1, 10.0.0.1")))
                .isEqualTo("198.51.100.1");
        assertThat(PROXIES.client("127.0.0.1", List.of())).isEqualTo("127.0.0.1");
    }

    @Test
    void withoutTrustedProxies_onlyTheConnectionCounts() {
        assertThat(TrustedProxies.parse(List.of()).client("127.0.0.1", List.of("198.51.100.1")))
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1   | https       | true",
                "127.0.0.1   | HTTPS       | true",
                "127.0.0.1   | https, http | true",
                "127.0.0.1   | http, https | false",
                "127.0.0.1   | http        | false",
                "127.0.0.1   | httpsx      | false",
                "203.0.113.9 | https       | false"
            })
    void clientOfATrustedProxy_isSecureIfTheProxySaysSo(String peer, String schemes, boolean isSecure) {
        assertThat(PROXIES.isSecure(peer, List.of(schemes))).isEqualTo(isSecure);
        assertThat(PROXIES.isSecure(peer, List.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nginx", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/8/8", "::/129", "10.0.0", "/8"})
    void whatIsNoNetwork_isRefusedByName(String text) {
        assertThatThrownBy(() -> TrustedProxies.parse(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }
}
