/**
 * The face engine. {@code dev.rollcall.engine} and {@code dev.rollcall.engine.match} are its API; all other packages are
 * internal.
 */
@SuppressWarnings("requires-automatic")
module dev.rollcall.engine {
    requires com.microsoft.onnxruntime;
    requires java.desktop;
    requires static transitive org.jspecify;

    exports dev.rollcall.engine;
    exports dev.rollcall.engine.match;
}
