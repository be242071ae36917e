package dev.rollcall.engine;

/**
 * Something in the engine is broken: a model is missing, damaged or of the wrong shape, or the runtime failed. An
 * unusable picture is not an exception but a {@link Rejection}.
 */
public final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
