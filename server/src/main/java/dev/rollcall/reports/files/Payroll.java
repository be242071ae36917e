package dev.rollcall.reports.files;

import dev.rollcall.reports.PersonMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The hours of a month for payroll: a file is written when all people are known to have a number that the payroll system takes and nobody
 * else has, and, unless others may be left out, hours that are known.
 */
public sealed interface Payroll {

    /** Most people of a file: their lines are in memory, some 200 bytes each. */
    int MOST_PEOPLE = 20_000;

    /** How many people are named of whom something is wrong. */
    int MOST_NAMED = 5;

    /** What can be written. */
    record Ready(List<PayrollLine> lines) implements Payroll {

        public Ready {
            lines = List.copyOf(lines);
        }
    }

    /** People have numbers that the payroll system doesn't take; the first few of them. */
    record WrongNumbers(List<String> userIds) implements Payroll {

        public WrongNumbers {
            userIds = List.copyOf(userIds);
        }
    }

    /**
     * People have the number of somebody before them, whose pay would get their hours: an external_id may be another one's user_id. The
     * first few of them.
     */
    record SharedNumbers(List<String> userIds) implements Payroll {

        public SharedNumbers {
            userIds = List.copyOf(userIds);
        }
    }

    /** People have days with marks whose hours are not known; the first few of them. */
    record UnknownHours(List<String> userIds) implements Payroll {

        public UnknownHours {
            userIds = List.copyOf(userIds);
        }
    }

    /** There are more than {@link #MOST_PEOPLE}. */
    record TooMany() implements Payroll {}

    /**
     * Reads all months.
     *
     * @param skipsUnknown whether hours that are not known may be left out
     */
    static Payroll of(PayrollLayout layout, boolean skipsUnknown, Iterator<PersonMonth> months) {
        List<PayrollLine> lines = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        List<String> shared = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Set<String> numbers = new HashSet<>();
        while (months.hasNext() && wrong.size() < MOST_NAMED) {
            PersonMonth month = months.next();
            PayrollLine line = PayrollLine.of(month);
            if (lines.size() == MOST_PEOPLE) {
                return new TooMany();
            }
            lines.add(line);
            if (!layout.numbers().matcher(line.number()).matches()) {
                wrong.add(line.userId());
            }
            if (!numbers.add(layout.canonical(line.number())) && shared.size() < MOST_NAMED) {
                shared.add(line.userId());
            }
            if (!skipsUnknown && month.totals().unknownDays() > 0 && unknown.size() < MOST_NAMED) {
                unknown.add(line.userId());
            }
        }
        if (!wrong.isEmpty()) {
            return new WrongNumbers(wrong);
        }
        if (!shared.isEmpty()) {
            return new SharedNumbers(shared);
        }
        return unknown.isEmpty() ? new Ready(lines) : new UnknownHours(unknown);
    }
}
