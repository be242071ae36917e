package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.JsonBody;
import dev.rollcall.keys.SetupLinks;
import java.io.InputStream;
import java.util.Set;

/** The reader of the bodies about the set-up. */
final class SetupRequest {

    private static final String TOKEN = "token";
    private static final String STEP = "step";

    private SetupRequest() {}

    /** The token of a link, whatever it is. */
    static String token(InputStream body, long length) {
        return JsonBody.read(body, length, Set.of(TOKEN)).required(TOKEN);
    }

    /** The step that the set-up is at. */
    static int step(InputStream body, long length) {
        JsonNode step = JsonBody.read(body, length, Set.of(STEP)).value(STEP);
        if (step == null) {
            throw RefusedException.invalid(STEP, "step is missing");
        }
        if (!step.isInt() || step.intValue() < 1 || step.intValue() > SetupLinks.DONE) {
            throw RefusedException.invalid(STEP, "step must be a whole number from 1 to " + SetupLinks.DONE);
        }
        return step.intValue();
    }
}
