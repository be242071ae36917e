package dev.rollcall.attendance;

/** The rules for marks of every site. Implementations are safe for use by several threads. */
public interface AttendancePolicies {

    /** The rules of a site; of one that is not known, those of the settings. */
    AttendancePolicy at(String site);
}
