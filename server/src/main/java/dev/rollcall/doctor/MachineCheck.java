package dev.rollcall.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checks of the machine: Java, memory, disk, clock. */
public final class MachineCheck {

    /** What a service needs to start: its own peak below 250 MB, and 40 MB of its embedded database. */
    private static final long START_MEGABYTES = 300;

    /** What a service that runs may still need, such as for the cache of the database's files. */
    private static final long RUNNING_MEGABYTES = 50;

    private static final long FULL_MEGABYTES = 100;

    /** Below this the service's own health report warns. */
    private static final long LOW_MEGABYTES = 1_000;

    private static final long MEGA = 1_000_000;
    private static final long KIBI = 1_024;

    /** Before the first release; machines without a clock's battery start in 1970 or at the time of their system's build. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    /** What programs that set the clock keep while they run or once they have set it. */
    private static final List<String> SYNCHRONISERS = List.of(
            "run/systemd/timesync/synchronized", "run/chrony/chronyd.pid", "run/ntpd.pid", "run/ntpsec/ntpd.pid");

    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable: +(\\d+) kB$");
    private static final String DISK = "disk";
    private static final String MEMORY = "memory";
    private static final String CLOCK = "clock";

    private MachineCheck() {}

    /** The Java that runs this program; the launcher refuses one before 17. */
    public static Finding java() {
        return Finding.ok(
                "Java",
                "%s (%s) in %s"
                        .formatted(
                                Runtime.version().feature(),
                                System.getProperty("java.vendor"),
                                System.getProperty("java.home")));
    }

    /**
     * Whether there is memory for the service.
     *
     * @param meminfo the text of /proc/meminfo
     * @param running whether the service has its memory already
     */
    static Finding memory(String meminfo, boolean running) {
        Matcher available = AVAILABLE.matcher(meminfo);
        if (!available.find()) {
            return Finding.note(MEMORY, "the system doesn't tell how much is free", "look at it with 'free -m'");
        }
        long megabytes = Long.parseLong(available.group(1)) * KIBI / MEGA;
        long needed = running ? RUNNING_MEGABYTES : START_MEGABYTES;
        String says = "%,d MB can be used%s".formatted(megabytes, running ? ", beside what the service has" : "");
        return megabytes >= needed
                ? Finding.ok(MEMORY, says)
                : Finding.wrong(
                        MEMORY,
                        says + ", and %,d MB are needed".formatted(needed),
                        "stop other programs, or add memory or swap space");
    }

    /** Whether there is memory for the service on this machine. */
    public static Finding memory(boolean running) {
        try {
            return memory(Files.readString(Path.of("/proc/meminfo"), StandardCharsets.US_ASCII), running);
        } catch (IOException e) {
            return memory("", running);
        }
    }

    /** Whether there is space where the data folder is or will be. */
    public static Finding disk(Path dataFolder) {
        Path existing = dataFolder.toAbsolutePath().normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return disk(dataFolder, existing.toFile().getUsableSpace());
    }

    static Finding disk(Path dataFolder, long freeBytes) {
        long megabytes = freeBytes / MEGA;
        String says = "%,d MB are free where %s is".formatted(megabytes, dataFolder);
        if (megabytes < FULL_MEGABYTES) {
            return Finding.wrong(DISK, says, "free some space: below 32 MB no mark can be written");
        }
        return megabytes < LOW_MEGABYTES
                ? Finding.note(DISK, says, "free some space: 1 GB or more should be free")
                : Finding.ok(DISK, says);
    }

    /** Whether the clock can be right, and something keeps it so. */
    public static Finding clock(Clock clock, ZoneId zone) {
        return clock(clock.instant(), zone, Path.of("/"));
    }

    static Finding clock(Instant now, ZoneId zone, Path root) {
        String says = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss VV", Locale.ROOT)
                .withZone(zone)
                .format(now);
        if (now.isBefore(EARLIEST)) {
            return Finding.wrong(CLOCK, says + ", which is in the past", "set the clock: marks get its time");
        }
        return SYNCHRONISERS.stream().anyMatch(file -> Files.exists(root.resolve(file)))
                ? Finding.ok(CLOCK, says + ", set by the network")
                : Finding.note(
                        CLOCK,
                        says + ". No program was found that sets it by the network",
                        "if it is this machine's own, install systemd-timesyncd or chrony; a container has its host's clock."
                                + " TIME_ZONE decides the work date");
    }
}
