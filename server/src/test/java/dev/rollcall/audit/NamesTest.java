package dev.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void printableName_isShownAsItIs() {
        assertThat(Names.shown("site-b ~!")).isEqualTo("site-b ~!");
        assertThat(Names.shown("x".repeat(64))).isEqualTo("x".repeat(64));
    }

    @Test
    void longName_isCutOff() {
        assertThat(Names.shown("x".repeat(65))).isEqualTo("x".repeat(64) + "...");
    }

    @Property
    void anyName_isShownOnOneLineOfPrintableCharacters(@ForAll String name) {
        assertThat(Names.shown(name)).matches("[\\x20-\\x7e]{0,67}");
    }
}
