package dev.rollcall.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportFilterTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "0:0:0:0:0:0:0:1", "local"})
    void loopbackAddress_isThisMachine(String address) {
        assertThat(TransportFilter.isThisMachine(address, "127.0.0.1")).isTrue();
    }

    /** An address of a header may be any text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.1.20",
                "128.0.0.1",
                "fe80::1",
                "::2",
                "0.0.0.0",
                "::",
                "localhost",
                "unknown",
                "",
                "127.0.0.1.example"
            })
    void otherAddressOrText_isAnotherMachine(String address) {
        assertThat(TransportFilter.isThisMachine("127.0.0.1", address)).isFalse();
        assertThat(TransportFilter.isThisMachine(address, "127.0.0.1")).isFalse();
    }
}
