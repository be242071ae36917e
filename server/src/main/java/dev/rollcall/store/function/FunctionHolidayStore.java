package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.rollcall.keys.By;
import dev.rollcall.schedule.Holiday;
import dev.rollcall.schedule.HolidayStore;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holidays in a database, over its functions. Safe for use by several threads. */
public final class FunctionHolidayStore implements HolidayStore {

    private final DatabaseFunctions functions;

    public FunctionHolidayStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public List<Holiday> list(@Nullable String site, @Nullable LocalDate from, @Nullable LocalDate to) {
        FunctionCall call = FunctionCall.reads("list_holidays")
                .with("p_site", site)
                .with("p_from", from)
                .with("p_to", to);
        return AnswerRow.list("list_holidays", functions.call(call)).stream()
                .map(FunctionHolidayStore::holiday)
                .toList();
    }

    @Override
    public Adding add(String site, List<NewHoliday> holidays, By by) {
        ArrayNode days = Json.MAPPER.createArrayNode();
        for (NewHoliday holiday : holidays) {
            days.addObject()
                    .put("day", holiday.date().toString())
                    .put("name", holiday.name())
                    .put("yearly", holiday.yearly());
        }
        AnswerRow answer = AnswerRow.of(
                "add_holidays",
                functions.call(FunctionCall.writes("add_holidays")
                        .with("p_site", site)
                        .with("p_days", days)
                        .with("p_most", MOST_OF_A_SITE)
                        .with("p_at", by.at())
                        .with("p_caller", Json.json(by.caller()))));
        String code = answer.text("code");
        return switch (code) {
            case "ADDED" ->
                new Adding.Added(answer.list("added").stream()
                        .map(FunctionHolidayStore::holiday)
                        .toList());
            case "SITE_NOT_FOUND" -> new Adding.NoSuchSite();
            case "TOO_MANY" -> new Adding.TooMany();
            default -> throw new IllegalStateException("add_holidays returned " + code);
        };
    }

    @Override
    public boolean delete(long id, By by) {
        return functions
                .call(FunctionCall.writes("delete_holiday")
                        .with("p_id", id)
                        .with("p_at", by.at())
                        .with("p_caller", Json.json(by.caller())))
                .asBoolean();
    }

    private static Holiday holiday(AnswerRow row) {
        return new Holiday(row.whole("id"), row.text("site"), row.date("day"), row.text("name"), row.flag("yearly"));
    }
}
