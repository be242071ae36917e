package dev.rollcall.reports.files;

import dev.rollcall.reports.PersonMonth;

/**
 * One person's hours of a month for payroll.
 *
 * @param number the person's external_id or, without one, user_id
 * @param ordinarySeconds worked, without overtime
 */
public record PayrollLine(String userId, String number, String name, long ordinarySeconds, long overtimeSeconds) {

    static PayrollLine of(PersonMonth month) {
        String userId = month.userId().value();
        String externalId = month.externalId();
        long overtime = month.totals().hours().overtime();
        return new PayrollLine(
                userId,
                externalId == null ? userId : externalId,
                month.name(),
                month.totals().hours().worked() - overtime,
                overtime);
    }
}
