package dev.rollcall.attendance;

import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.CorrectionStore.VersionedMark;
import java.time.ZoneId;

/**
 * A mark as it is shown.
 *
 * @param zone the time zone of its site
 * @param tag differs whenever the mark looks otherwise; printable characters of ASCII without quotation marks
 */
public record ShownMark(MarkOfPerson mark, ZoneId zone, String tag) {

    /** A mark with the time zone that its site has now. */
    static ShownMark of(VersionedMark versioned, AttendancePolicies policies) {
        ZoneId zone = policies.at(versioned.mark().origin().site()).zone();
        return new ShownMark(versioned.mark(), zone, versioned.version() + "." + zone.getId());
    }
}
