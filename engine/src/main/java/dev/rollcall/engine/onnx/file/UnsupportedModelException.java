package dev.rollcall.engine.onnx.file;

/** A file that is not a complete ONNX model, or a model with a part that isn't supported. The message names the part. */
public final class UnsupportedModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnsupportedModelException(String message) {
        super(message);
    }
}
