package dev.rollcall.http.connection;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The limit of open file descriptors of this process. */
final class FileDescriptors {

    /** For what is opened later: database connections, libraries, temporary files. */
    private static final long RESERVE = 40;

    private static final long LEAST = 8;

    private FileDescriptors() {}

    /** How many connections can be opened in addition to the descriptors in use. */
    static long forConnections() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? forConnections(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
                : Long.MAX_VALUE;
    }

    static long forConnections(long most, long open) {
        return Math.max(LEAST, most - open - RESERVE);
    }
}
