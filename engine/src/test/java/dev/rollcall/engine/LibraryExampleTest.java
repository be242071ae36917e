package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LibraryExampleTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void readmeShowsTheExampleThatIsCompiled() throws IOException {
        String source = Files.readString(
                Path.of("src/test/java").resolve(LibraryExample.class.getName().replace('.', '/') + ".java"));
        String shown = source.substring(source.indexOf("// README begins\n") + 17, source.indexOf("    // README ends"))
                .indent(-4)
                .strip();

        assertThat(Files.readString(ROOT.resolve("README.md"))).contains(shown);
    }

    @Test
    void example_tellsPeopleApart() throws IOException {
        Path portraits = ROOT.resolve("portraits");

        assertThat(LibraryExample.samePerson(portraits.resolve("manuel.png"), portraits.resolve("manuel.png")))
                .isTrue();
        assertThat(LibraryExample.samePerson(portraits.resolve("manuel.png"), portraits.resolve("geronimo.png")))
                .isFalse();
    }
}
