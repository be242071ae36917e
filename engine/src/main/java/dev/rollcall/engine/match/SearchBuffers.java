package dev.rollcall.engine.match;

import dev.rollcall.engine.onnx.ByteProduct;

/** The memory of one search, reused by later ones. Not safe for use by several threads at once. */
final class SearchBuffers implements AutoCloseable {

    private final ByteProduct product;
    private final ByteProduct.Row row;
    private final ByteProduct.Products products;
    private final float[] factors;

    /**
     * Allocates the memory.
     *
     * @param columns most columns of a block
     */
    SearchBuffers(ByteProduct product, int columns) {
        this.product = product;
        row = product.newRow();
        products = product.newProducts(columns);
        factors = new float[columns];
    }

    void setFace(Quantized face) {
        row.set(face.bytes());
    }

    /** Computes the products of the face with a block's templates. */
    void multiply(TemplateBlock block) {
        product.multiply(row, block.matrix(), block.used(), products);
        block.copyFactors(factors);
    }

    /** The product of the face and one template of the last block, multiplied by the template's factor but not the face's. */
    float score(int place) {
        return products.of(place) * factors[place];
    }

    @Override
    public void close() {
        row.close();
    }
}
