package dev.rollcall.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Cursor;
import dev.rollcall.people.PeopleOrder.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleOrderTest {

    @ParameterizedTest
    @EnumSource(Field.class)
    void order_isParsedFromItsText(Field field) {
        for (boolean descending : new boolean[] {false, true}) {
            PeopleOrder order = new PeopleOrder(field, descending);
            assertThat(PeopleOrder.parse(order.text())).contains(order);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "NAME", "--name", "+name", "name ", "external_id", "name, user_id"})
    void anythingElse_isNoOrder(String text) {
        assertThat(PeopleOrder.parse(text)).isEmpty();
    }

    @Test
    void cursorOfAnotherOrder_isNone() {
        PeopleOrder byName = new PeopleOrder(Field.NAME, false);
        Cursor cursor = new Cursor("name\nann\nAnn Smith");

        assertThat(byName.position(cursor)).contains(new PeoplePosition(new UserId("ann"), "Ann Smith"));
        assertThat(new PeopleOrder(Field.NAME, true).position(cursor)).isEmpty();
        assertThat(PeopleOrder.BY_USER_ID.position(cursor)).isEmpty();
        assertThat(byName.position(new Cursor("ann"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name\nann\n", "name\nann\na\u0000", "name\na b\nAnn", "name\nann\nAnn\nmore", "name", "\n\n"})
    void forgedCursor_isNone(String key) {
        assertThat(new PeopleOrder(Field.NAME, false).position(new Cursor(key))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "today", "2026-13-01T00:00:00Z", "+99999-01-01T00:00:00Z", "2026-11-26T08:00:00", "infinity"
            })
    void forgedInstant_isNone(String value) {
        assertThat(new PeopleOrder(Field.CREATED_AT, false).position(new Cursor("created_at\nann\n" + value)))
                .isEmpty();
    }

    @Test
    void instantOfTheDatabase_isAPosition() {
        PeopleOrder order = new PeopleOrder(Field.UPDATED_AT, true);
        for (String at : new String[] {"2026-11-22T08:00:00.123456Z", "2026-11-22T08:00:00Z"}) {
            assertThat(order.position(new Cursor("-updated_at\nann\n" + at)))
                    .contains(new PeoplePosition(new UserId("ann"), at));
        }
    }
}
