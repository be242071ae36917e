package dev.rollcall.http.api;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What to improve before a camera; each has the name of the refusal's code or, of LOW_QUALITY, of its reason. */
@Schema(
        name = "HintCode",
        description =
                "What to improve: the code of the refusal that the picture would get, or the reason of LOW_QUALITY")
public enum HintCode {
    NO_FACE,
    MULTIPLE_FACES,
    FACE_TOO_SMALL,
    FACE_CUT_OFF,
    BACKLIT,
    TOO_DARK,
    TOO_BRIGHT,
    FACE_TURNED_AWAY,
    BLURRED,
    EYES_COVERED,
    MOUTH_COVERED;

    private static final String REASON = "reason";

    /** What a refusal for the content of a frame says to improve. */
    static HintCode of(Refusal refusal) {
        Object name = refusal.code() == Code.LOW_QUALITY ? refusal.facts().get(REASON) : refusal.code();
        return valueOf(String.valueOf(name));
    }
}
