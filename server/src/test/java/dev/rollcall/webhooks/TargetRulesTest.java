package dev.rollcall.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.webhooks.TargetRules.Reach;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where events may be sent. */
class TargetRulesTest {

    private static final TargetRules PUBLIC = new TargetRules(false);
    private static final TargetRules PRIVATE = new TargetRules(true);

    @ParameterizedTest
    @CsvSource({
        "93.184.215.14, PUBLIC",
        "172.32.0.1, PUBLIC",
        "100.128.0.1, PUBLIC",
        "2606:2800:21f:cb07::1, PUBLIC",
        "10.1.2.3, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "192.168.1.1, PRIVATE",
        "127.0.0.1, PRIVATE",
        "127.255.255.254, PRIVATE",
        "100.64.0.1, PRIVATE",
        "::1, PRIVATE",
        "fd12:3456::1, PRIVATE",
        "fc00::1, PRIVATE",
        "::ffff:10.0.0.1, PRIVATE",
        "64:ff9b::a00:1, PRIVATE",
        "2002:a00:1::1, PRIVATE",
        "64:ff9b::5db8:d70e, PUBLIC",
        "2002:5db8:d70e::1, PUBLIC",
        "0.0.0.0, NEVER",
        "0.1.2.3, NEVER",
        "169.254.169.254, NEVER",
        "::ffff:169.254.169.254, NEVER",
        "64:ff9b::a9fe:a9fe, NEVER",
        "2002:a9fe:a9fe::1, NEVER",
        "100.100.100.200, NEVER",
        "168.63.129.16, NEVER",
        "::ffff:168.63.129.16, NEVER",
        "fd00:ec2::254, NEVER",
        "fd20:ce::254, NEVER",
        "fe80::1, NEVER",
        "::, NEVER",
        "::7f00:1, NEVER",
        "224.0.0.1, NEVER",
        "255.255.255.255, NEVER",
        "192.0.2.1, NEVER",
        "198.18.0.1, NEVER",
        "ff02::1, NEVER",
        "2001:db8::1, NEVER",
        "2001::1, NEVER",
        "64:ff9b:1::a00:1, NEVER",
        "fec0::1, NEVER"
    })
    void address_reachesAsFarAsItsNetwork(String address, Reach reach) throws Exception {
        assertThat(TargetRules.reach(InetAddress.getByName(address))).isEqualTo(reach);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/hook",
                "https://user@example.com/",
                "https://example.com/#a",
                "https://example.com:22/",
                "https://example.com:99999/",
                "https:///path",
                "ftp://example.com/",
                "https://10.0.0.1/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f.0.0.1/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://localhost/",
                "https://169.254.169.254/latest",
                "https://exa mple.com/",
                "https://example.com/\r\nX: y",
                "example.com",
                ""
            })
    void addressThatMayNotGetEvents_isRefused(String url) {
        assertThat(PUBLIC.parse(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "https://example.com:8443/hook?site=1",
                "https://93.184.215.14/",
                "HTTPS://EXAMPLE.COM/"
            })
    void publicAddressOverHttps_isTaken(String url) {
        assertThat(PUBLIC.parse(url)).isPresent();
    }

    @Test
    void privateAddresses_areTakenWhereTheyAreAllowedButNeverLinkLocalOnes() {
        assertThat(PRIVATE.parse("http://127.0.0.1:8080/")).isPresent();
        assertThat(PRIVATE.parse("https://192.168.1.4/")).isPresent();
        assertThat(PRIVATE.parse("http://hr.example.lan/")).isPresent();
        assertThat(PRIVATE.parse("http://169.254.169.254/")).isEmpty();
        assertThat(PRIVATE.parse("http://93.184.215.14/")).isEmpty();
    }
}
