package dev.rollcall.reports.files;

import dev.rollcall.reports.PersonMonth;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The hours of a month for payroll: a file is written when all people are known to have a number that the payroll system takes. */
public sealed interface Payroll {

    /** Most people of a file: their lines are in memory, some 200 bytes each. */
    int MOST_PEOPLE = 20_000;

    /** How many people with wrong numbers are named. */
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

    /** There are more than {@link #MOST_PEOPLE}. */
    record TooMany() implements Payroll {}

    /** Reads all months. */
    static Payroll of(PayrollLayout layout, Iterator<PersonMonth> months) {
        List<PayrollLine> lines = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        while (months.hasNext() && wrong.size() < MOST_NAMED) {
            PayrollLine line = PayrollLine.of(months.next());
            if (lines.size() == MOST_PEOPLE) {
                return new TooMany();
            }
            lines.add(line);
            if (!layout.numbers().matcher(line.number()).matches()) {
                wrong.add(line.userId());
            }
        }
        return wrong.isEmpty() ? new Ready(lines) : new WrongNumbers(wrong);
    }
}
