package dev.rollcall.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The public-domain portraits, one person each. */
public final class Portraits {

    public static final List<String> NAMES = List.of(
            "astronaut", "elizabeth", "felipe", "frederik", "geronimo", "manuel", "pierre", "segoyewatha", "william");

    private Portraits() {}

    public static byte[] png(String name) {
        try (InputStream in = Portraits.class.getResourceAsStream("/portraits/" + name + ".png")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
