package dev.rollcall.config.process;

import io.quarkus.runtime.Quarkus;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jboss.logging.Logger;

/**
 * Makes SIGTERM, SIGINT and SIGHUP stop the service in its own order: what is under way is finished, and then the process ends. Left
 * to themselves, the signals end the process through the shutdown hooks of all libraries at once, and that of ONNX Runtime
 * frees its memory while pictures are still analysed.
 *
 * <p>The class that handles signals is part of every JDK's module jdk.unsupported; it is called by reflection, since naming
 * it is a warning that can't be suppressed.
 */
public final class StopSignals {

    private static final Logger LOG = Logger.getLogger(StopSignals.class);
    private static final int FIRST_EXIT_CODE = 128;

    private StopSignals() {}

    /** From now on the signals stop the service, but for those that are ignored, as by nohup; it ends with 128 and the signal's number, as shells expect. */
    public static void handle() {
        for (String name : new String[] {"TERM", "INT", "HUP"}) {
            try {
                handle(name);
            } catch (ReflectiveOperationException | RuntimeException e) {
                LOG.warnf("SIG%s ends the process without order: %s", name, e);
            }
        }
    }

    private static void handle(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object wanted = signal.getConstructor(String.class).newInstance(name);
        int number = (int) signal.getMethod("getNumber").invoke(wanted);
        InvocationHandler stop = (proxy, method, arguments) -> answer(proxy, method, arguments, number);
        Object stopping = Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[] {handler}, stop);
        Object before = signal.getMethod("handle", signal, handler).invoke(null, wanted, stopping);
        if (handler.getField("SIG_IGN").get(null).equals(before)) {
            signal.getMethod("handle", signal, handler).invoke(null, wanted, before);
        }
    }

    private static Object answer(Object proxy, Method method, Object[] arguments, int number) {
        return switch (method.getName()) {
            case "handle" -> {
                Quarkus.asyncExit(FIRST_EXIT_CODE + number);
                yield proxy;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> "stops the service";
        };
    }
}
