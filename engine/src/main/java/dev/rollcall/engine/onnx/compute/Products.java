package dev.rollcall.engine.onnx.compute;

import java.lang.reflect.Constructor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes products, by plain loops or by Java's Vector API. Immutable. */
final class Products {

    private static final String MODULE = "jdk.incubator.vector";

    /** Compiled apart from the other classes, because the module isn't part of every Java. */
    private static final String CLASS = "dev.rollcall.engine.onnx.compute.VectorProduct";

    private static final Products PLAIN = new Products(null);
    private static final Products FASTEST = vector().orElse(PLAIN);

    private final @Nullable Constructor<? extends Product> constructor;

    private Products(@Nullable Constructor<? extends Product> constructor) {
        this.constructor = constructor;
    }

    /** Products by plain loops. */
    static Products plain() {
        return PLAIN;
    }

    /** Products by the Vector API, if this process was started with its module and the class was compiled. */
    static Optional<Products> vector() {
        Optional<Module> module = ModuleLayer.boot().findModule(MODULE);
        if (module.isEmpty()) {
            return Optional.empty();
        }
        Products.class.getModule().addReads(module.get());
        try {
            return Optional.of(new Products(Class.forName(CLASS)
                    .asSubclass(Product.class)
                    .getDeclaredConstructor(Weights.class, int[].class, boolean.class)));
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** The fastest that there are. */
    static Products fastest() {
        return FASTEST;
    }

    /**
     * The product of weights with rows of numbers.
     *
     * @param offsets where the rows begin in the array of the numbers
     * @param single whether each channel has numbers of its own, so that channels are computed one at a time
     */
    Product of(Weights weights, int[] offsets, boolean single) {
        if (constructor == null) {
            return new PlainProduct(weights, offsets, single);
        }
        try {
            return constructor.newInstance(weights, offsets, single);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the Vector API can't be used", e);
        }
    }
}
