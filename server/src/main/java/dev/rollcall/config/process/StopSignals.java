package dev.rollcall.config.process;

import io.quarkus.runtime.Quarkus;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * The handlers of SIGTERM, SIGINT and SIGHUP, which stop the service in its own order: requests in progress are finished,
 * then the process ends. By default, the signals run the shutdown hooks of all libraries at once, and that of ONNX Runtime
 * frees its memory while models are loaded or pictures are still analysed, which ends the process with a crash. A signal
 * during the start stops the service as soon as it has started.
 *
 * <p>The JDK's class for signals is in the module jdk.unsupported. It is called by reflection, since its use by name causes
 * a compiler warning that can't be suppressed.
 */
public final class StopSignals {

    private static final int FIRST_EXIT_CODE = 128;
    private static final int NONE = 0;

    /** The exit code of the first signal that was received. */
    private static final AtomicInteger EXIT_CODE = new AtomicInteger(NONE);

    private StopSignals() {}

    /** The exit code for the first signal that was received, or empty if there was none. */
    public static OptionalInt exitCode() {
        int exitCode = EXIT_CODE.get();
        return exitCode == NONE ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }

    /** Whether a signal was received before the service had started; it is then told to exit. */
    public static boolean exitIfReceived() {
        exitCode().ifPresent(Quarkus::asyncExit);
        return exitCode().isPresent();
    }

    /**
     * Installs the handlers, except for signals that are ignored, as with nohup. The exit code is 128 plus the signal's
     * number, as shells expect.
     */
    public static void handle() {
        handle(Quarkus::asyncExit);
    }

    /**
     * Installs handlers for a command, which ends by itself once {@link #exitCode} is present. A second signal ends the
     * process at once.
     */
    public static void handleForCommand() {
        AtomicInteger received = new AtomicInteger();
        handle(exitCode -> {
            if (received.incrementAndGet() > 1) {
                Runtime.getRuntime().halt(exitCode);
            }
        });
    }

    private static void handle(IntConsumer stop) {
        for (String name : new String[] {"TERM", "INT", "HUP"}) {
            try {
                handle(name, stop);
            } catch (ReflectiveOperationException | RuntimeException e) {
                Logger.getLogger(StopSignals.class)
                        .warnf("SIG%s ends the process without an orderly stop: %s", name, e);
            }
        }
    }

    private static void handle(String name, IntConsumer stop) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object handled = signal.getConstructor(String.class).newInstance(name);
        int number = (int) signal.getMethod("getNumber").invoke(handled);
        InvocationHandler calls =
                (proxy, method, arguments) -> invoke(proxy, method, arguments, FIRST_EXIT_CODE + number, stop);
        Object stopping = Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[] {handler}, calls);
        Object previous = signal.getMethod("handle", signal, handler).invoke(null, handled, stopping);
        if (handler.getField("SIG_IGN").get(null).equals(previous)) {
            signal.getMethod("handle", signal, handler).invoke(null, handled, previous);
        }
    }

    private static Object invoke(Object proxy, Method method, Object[] arguments, int exitCode, IntConsumer stop) {
        return switch (method.getName()) {
            case "handle" -> {
                EXIT_CODE.compareAndSet(NONE, exitCode);
                stop.accept(exitCode);
                yield proxy;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> "stops the process";
        };
    }
}
