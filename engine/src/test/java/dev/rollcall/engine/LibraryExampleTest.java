package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LibraryExampleTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void documentShowsTheExampleThatIsCompiled() throws IOException {
        String source = Files.readString(
                Path.of("src/test/java").resolve(LibraryExample.class.getName().replace('.', '/') + ".java"));
        String shown = source.substring(
                        source.indexOf("// The document begins\n") + 23, source.indexOf("    // The document ends"))
                .indent(-4)
                .strip();

        assertThat(Files.readString(ROOT.resolve("docs/engine.md"))).contains(shown);
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
