/** The only room that knows ONNX Runtime: loading, checking and running models. */
@NullMarked
package dev.rollcall.engine.onnx;

import org.jspecify.annotations.NullMarked;
