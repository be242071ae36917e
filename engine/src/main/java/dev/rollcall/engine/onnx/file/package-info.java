/** Reading of ONNX files. */
@NullMarked
package dev.rollcall.engine.onnx.file;

import org.jspecify.annotations.NullMarked;
