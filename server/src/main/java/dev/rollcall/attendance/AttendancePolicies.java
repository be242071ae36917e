package dev.rollcall.attendance;

/** The rules for marks of every site. Implementations are safe for use by several threads. */
public interface AttendancePolicies {

    /**
     * The rules of a site; of one that is not known, those of the settings. Never waits for the store once the sites were read.
     *
     * @throws dev.rollcall.outcome.StoreUnavailableException if the sites were never read and can't be read now
     */
    AttendancePolicy at(String site);

    /** A text that is another one whenever the rules of a site are. */
    String version();
}
