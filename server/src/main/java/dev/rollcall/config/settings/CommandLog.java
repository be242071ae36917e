package dev.rollcall.config.settings;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log of a command on standard error: the program's own records, and warnings of libraries. Without it the log manager
 * buffers every record until a service starts, which a command never does.
 */
public final class CommandLog extends Handler {

    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("dev.rollcall");

    private CommandLog() {}

    /** Replaces all other handlers of this process. */
    public static void start() {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ROOT.addHandler(new CommandLog());
        ROOT.setLevel(Level.WARNING);
        OURS.setLevel(Level.INFO);
        Logger.getLogger("com.zaxxer.hikari").setLevel(Level.OFF);
    }

    @Override
    public void publish(LogRecord record) {
        System.err.println("rollcall: " + record.getMessage());
    }

    @Override
    public void flush() {
        System.err.flush();
    }

    @Override
    public void close() {}
}
