package dev.rollcall.recognition.challenge;

/** Why a challenge failed. */
public enum Failure {
    /** The head was turned another way than asked. */
    WRONG_DIRECTION,
    /** The head was turned sooner than a person can react. */
    TOO_EARLY,
    /** The head was not turned, or not turned back, in time. */
    TOO_SLOW,
    /** No frame with one face came for too long. */
    INTERRUPTED,
    /** The face moved across the picture, or came closer or went away, faster than a person does. */
    FACE_JUMPED,
    /** The frames show different people, or the marking call shows another face than the frames. */
    DIFFERENT_FACE,
    /** The frames don't look alive. */
    NOT_ALIVE,
    /** More frames came than a challenge takes. */
    TOO_MANY_FRAMES
}
