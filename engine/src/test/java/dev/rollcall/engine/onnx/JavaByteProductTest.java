package dev.rollcall.engine.onnx;

import dev.rollcall.engine.RuntimeOptions.Choice;

class JavaByteProductTest extends ByteProductContract {

    JavaByteProductTest() {
        super(Choice.JAVA);
    }
}
