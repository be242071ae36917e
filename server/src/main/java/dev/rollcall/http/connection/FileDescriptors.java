package dev.rollcall.http.connection;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The files and connections that the operating system lets this process have open. */
final class FileDescriptors {

    /** For what the service opens later: database connections, libraries, files of the moment. */
    private static final long RESERVE = 40;

    private static final long LEAST = 8;

    private FileDescriptors() {}

    /** How many connections can be open beside what is open now. */
    static long forConnections() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? forConnections(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
                : Long.MAX_VALUE;
    }

    static long forConnections(long most, long open) {
        return Math.max(LEAST, most - open - RESERVE);
    }
}
