/** Running of ONNX models in Java. */
@NullMarked
package dev.rollcall.engine.onnx.compute;

import org.jspecify.annotations.NullMarked;
