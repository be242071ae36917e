package dev.rollcall.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names and addresses TLS_NAMES takes. */
class MachineNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Rollcall.lan",
                "rollcall.example.org",
                "rollcall.co.uk",
                "a-b.local",
                "10.0.0.1",
                "fd00::1",
                "xn--mlaga-xqa.lan"
            })
    void namesAndAddresses_areValid(String text) {
        assertThat(MachineNames.problem(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*.lan",
                "a b",
                "-a.lan",
                "a..b",
                "https://a.lan",
                "a.lan:8443",
                "10.0.0.256",
                "1234",
                "shop",
                "co.uk",
                "COM.BR",
                "::1::"
            })
    void otherTexts_areNot(String text) {
        assertThat(MachineNames.problem(text))
                .hasValueSatisfying(problem -> assertThat(problem).contains("\"" + text + "\""));
    }
}
