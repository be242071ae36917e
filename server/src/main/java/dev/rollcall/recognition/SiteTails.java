package dev.rollcall.recognition;

import dev.rollcall.engine.match.ImpostorTail;
import java.util.Optional;

/** The tails of different people's similarities at the sites. Implementations are safe for use by several threads and never wait. */
public interface SiteTails {

    /**
     * The tail by the site's own gallery, of the comparison of one face with the best of one person's templates; empty while too
     * little is known.
     */
    Optional<ImpostorTail> of(String site);
}
