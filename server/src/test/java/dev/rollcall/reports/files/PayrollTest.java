package dev.rollcall.reports.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.reports.PersonMonth;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayrollTest {

    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final DatevLodas LODAS = new DatevLodas("1234567", "54321", "100", "200");
    private static final AdpPaydata ADP = new AdpPaydata("ABC", "OCT26");

    @Test
    void generic_isTheGoldenFile() throws Exception {
        assertGolden(new GenericPayroll(), "payroll-generic.csv", "rollcall-payroll-2026-10.csv");
    }

    @Test
    void lodas_isTheGoldenFile() throws Exception {
        assertGolden(LODAS, "payroll-datev-lodas.txt", "datev-lodas-2026-10.txt");
    }

    @Test
    void paydata_isTheGoldenFile() throws Exception {
        assertGolden(ADP, "payroll-adp-paydata.csv", "PRABCEPI.csv");
    }

    @Test
    void lodasWithoutAWageTypeOfOvertime_hasAllHoursOnOneLine() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new DatevLodas("1", "2", "3", null)
                .write(out, OCTOBER, List.of(PayrollLine.of(MadeUpRows.month("ann", "7", "Ann"))));

        assertThat(out.toString(StandardCharsets.US_ASCII))
                .endsWith("[Bewegungsdaten]\r\n1;01.10.2026;167,25;1;3;7;\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "012", "123456", "A1", "1;2", "1\r\n1;", "=1"})
    void numberThatLodasDoesNotTake_isNamed(String number) {
        Payroll payroll = Payroll.of(
                LODAS,
                true,
                List.of(MadeUpRows.month("ann", "7", "Ann"), MadeUpRows.month("bob", number, "Bob"))
                        .iterator());

        assertThat(payroll).isEqualTo(new Payroll.WrongNumbers(List.of("bob")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567", "A1", "12,3", "12\n"})
    void numberThatAdpDoesNotTake_isNamed(String number) {
        assertThat(Payroll.of(
                        ADP,
                        true,
                        List.of(MadeUpRows.month("bob", number, "Bob")).iterator()))
                .isEqualTo(new Payroll.WrongNumbers(List.of("bob")));
    }

    @Test
    void numberOfSomebodyElse_isNamed() {
        List<PersonMonth> months = List.of(
                MadeUpRows.month("ann", "1042", "Ann"),
                MadeUpRows.month("1042", null, "Bob"),
                MadeUpRows.month("cid", "001042", "Cid"));

        assertThat(Payroll.of(new GenericPayroll(), true, months.iterator()))
                .isEqualTo(new Payroll.SharedNumbers(List.of("1042")));
        assertThat(Payroll.of(ADP, true, months.iterator()))
                .isEqualTo(new Payroll.SharedNumbers(List.of("1042", "cid")));
    }

    @Test
    void moreThanAFewWrongNumbers_areNotRead() {
        Payroll payroll = Payroll.of(
                LODAS,
                true,
                IntStream.range(0, 50)
                        .mapToObj(i -> MadeUpRows.month("p" + i, null, "P"))
                        .iterator());

        assertThat(((Payroll.WrongNumbers) payroll).userIds()).containsExactly("p0", "p1", "p2", "p3", "p4");
    }

    @Test
    void moreThanTheMostPeople_areTooMany() {
        PersonMonth month = MadeUpRows.month("ann", null, "Ann");

        assertThat(Payroll.of(
                        new GenericPayroll(),
                        true,
                        IntStream.rangeClosed(0, Payroll.MOST_PEOPLE)
                                .mapToObj(i -> month)
                                .iterator()))
                .isEqualTo(new Payroll.TooMany());
    }

    @Test
    void peopleWhoseHoursAreNotKnown_areNamedUnlessTheyMayBeLeftOut() {
        List<PersonMonth> months = IntStream.range(0, 7)
                .mapToObj(i -> MadeUpRows.month("p" + i, "7" + i, "P", i == 0 ? 0 : 1))
                .toList();

        assertThat(Payroll.of(new GenericPayroll(), false, months.iterator()))
                .isEqualTo(new Payroll.UnknownHours(List.of("p1", "p2", "p3", "p4", "p5")));
        assertThat(Payroll.of(new GenericPayroll(), true, months.iterator()))
                .isInstanceOfSatisfying(
                        Payroll.Ready.class, ready -> assertThat(ready.lines()).hasSize(7));
    }

    private static void assertGolden(PayrollLayout layout, String golden, String name) throws Exception {
        Payroll payroll = Payroll.of(
                layout,
                true,
                List.of(MadeUpRows.month("geronimo", "1042", "Geronimo"), MadeUpRows.month("77", null, "=Bob, Jr."))
                        .iterator());
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        layout.write(out, OCTOBER, ((Payroll.Ready) payroll).lines());

        Golden.assertSame(golden, out.toByteArray());
        assertThat(layout.fileName(OCTOBER)).isEqualTo(name);
    }
}
