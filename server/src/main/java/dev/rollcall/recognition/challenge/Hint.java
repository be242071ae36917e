package dev.rollcall.recognition.challenge;

/** What to tell the person now. */
public enum Hint {
    /** Look straight at the camera. */
    LOOK_STRAIGHT,
    /** Hold still, looking straight. */
    HOLD_STILL,
    /** Turn the head as asked. */
    TURN,
    /** The head was turned so fast that no frame shows it on its way: look straight and turn again, more slowly. */
    MORE_SLOWLY,
    /** The head is turned too far: turn back a little. */
    LESS,
    /** Hold the head there. */
    HOLD,
    /** No face was found: step in front of the camera. */
    NO_FACE,
    /** There is more than one face. */
    ONE_FACE,
    /** The face is too small. */
    COME_CLOSER,
    /** The frame is the one before again, or a later one was received first: it changes nothing. */
    SAME_FRAME,
    /** All turns were made. */
    DONE
}
