package dev.rollcall.bench;

import java.lang.management.ManagementFactory;

/** The processor time of threads. */
final class ProcessorTime {

    private ProcessorTime() {}

    /** What this thread has used, in nanoseconds. */
    static long ofThisThread() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
