package dev.rollcall.engine.onnx;

import dev.rollcall.engine.RuntimeOptions.Choice;

class NativeByteProductTest extends ByteProductContract {

    NativeByteProductTest() {
        super(Choice.NATIVE);
    }
}
