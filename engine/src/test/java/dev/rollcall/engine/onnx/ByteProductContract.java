package dev.rollcall.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.RuntimeOptions.Choice;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

abstract class ByteProductContract {

    private final Choice runtime;

    ByteProductContract(Choice runtime) {
        this.runtime = runtime;
    }

    private static final int LENGTH = 512;

    @Property(tries = 30)
    void products_areExact(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int columns) {
        Random random = new Random(seed);
        byte[] numbers = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            numbers[i] = (byte) (random.nextInt(127) - ByteProduct.LARGEST_IN_ROW);
        }
        byte[][] matrix = new byte[columns][LENGTH];
        for (byte[] column : matrix) {
            random.nextBytes(column);
        }

        assertThat(products(numbers, matrix)).containsExactly(expected(numbers, matrix));
    }

    /** Processors that add two products in 16 bits would cut off greater ones. */
    @Test
    void productsOfTheLargestNumbers_areExact() {
        byte[] most = filled(ByteProduct.LARGEST_IN_ROW);
        byte[] least = filled(-ByteProduct.LARGEST_IN_ROW);
        byte[][] matrix = {filled(127), filled(-128)};

        assertThat(products(most, matrix)).containsExactly(63 * 127 * LENGTH, -63 * 128 * LENGTH);
        assertThat(products(least, matrix)).containsExactly(-63 * 127 * LENGTH, 63 * 128 * LENGTH);
        assertThat(2 * (ByteProduct.LARGEST_IN_ROW + 64) * 128).isLessThanOrEqualTo(Short.MAX_VALUE);
    }

    @Test
    void largerNumbers_areRefusedInARow() {
        try (ByteProduct product = Runtimes.runtime(runtime).product(LENGTH);
                ByteProduct.Row row = product.newRow()) {
            assertThatThrownBy(() -> row.set(filled(64))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> row.set(filled(-128))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void largerMatrix_takesTheColumnsOfASmallerOne() {
        byte[] numbers = filled(3);
        try (ByteProduct product = Runtimes.runtime(runtime).product(LENGTH);
                ByteProduct.Row row = product.newRow()) {
            ByteProduct.Matrix small = product.newMatrix(ByteProduct.GROUP);
            small.setColumn(90, filled(-5));
            ByteProduct.Matrix large = product.newMatrix(2 * ByteProduct.GROUP);

            large.setFirst(small);

            large.setColumn(150, filled(7));
            row.set(numbers);
            ByteProduct.Products products = product.newProducts(large.columns());
            product.multiply(row, large, large.columns(), products);
            assertThat(products.of(90)).isEqualTo(-15 * LENGTH);
            assertThat(products.of(91)).isZero();
            assertThat(products.of(150)).isEqualTo(21 * LENGTH);
        }
    }

    private int[] products(byte[] numbers, byte[][] columns) {
        try (ByteProduct product = Runtimes.runtime(runtime).product(LENGTH);
                ByteProduct.Row row = product.newRow()) {
            int groups = (columns.length + ByteProduct.GROUP - 1) / ByteProduct.GROUP;
            ByteProduct.Matrix matrix = product.newMatrix(groups * ByteProduct.GROUP);
            for (int i = 0; i < columns.length; i++) {
                matrix.setColumn(i, columns[i]);
            }
            row.set(numbers);
            ByteProduct.Products products = product.newProducts(matrix.columns());
            product.multiply(row, matrix, columns.length, products);
            int[] results = new int[columns.length];
            Arrays.setAll(results, products::of);
            return results;
        }
    }

    private static int[] expected(byte[] numbers, byte[][] columns) {
        int[] sums = new int[columns.length];
        for (int column = 0; column < columns.length; column++) {
            for (int i = 0; i < LENGTH; i++) {
                sums[column] += numbers[i] * columns[column][i];
            }
        }
        return sums;
    }

    private static byte[] filled(int number) {
        byte[] bytes = new byte[LENGTH];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }
}
