/** Loading, checking and running models: the only package that uses ONNX Runtime. */
@NullMarked
package dev.rollcall.engine.onnx;

import org.jspecify.annotations.NullMarked;
