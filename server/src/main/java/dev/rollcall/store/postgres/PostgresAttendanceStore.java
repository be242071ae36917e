package dev.rollcall.store.postgres;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.people.UserId;
import dev.rollcall.usecase.AttendanceStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Marks in PostgreSQL, decided by its function {@code mark_attendance}. Safe for use by several threads. */
public final class PostgresAttendanceStore implements AttendanceStore {

    /** How many marks a refusal lists at most, however many a day may have. */
    private static final int MARKS_TOLD = 10;

    private final Database database;

    public PostgresAttendanceStore(Database database) {
        this.database = database;
    }

    @Override
    public MarkDecision mark(MarkRequest request, AttendancePolicy policy) {
        Instant at = request.at().truncatedTo(ChronoUnit.MICROS);
        LocalDate workDate = policy.workDate(at);
        return database.with(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select * from mark_attendance(?, ?, ?, ?, ?, ?, ?, ?)")) {
                statement.setString(1, request.userId().value());
                statement.setObject(2, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
                statement.setObject(3, workDate);
                statement.setInt(4, policy.maxPerDay());
                statement.setInt(5, Math.toIntExact(policy.minSpacing().toSeconds()));
                statement.setFloat(6, (float) request.evidence().confidence());
                statement.setFloat(7, (float) request.evidence().similarity());
                statement.setObject(8, request.evidence().liveness(), Types.REAL);
                ResultSet row = statement.executeQuery();
                row.next();
                return decision(connection, row, request.userId(), at, workDate);
            }
        });
    }

    private static MarkDecision decision(
            Connection connection, ResultSet row, UserId userId, Instant at, LocalDate workDate) throws SQLException {
        String code = row.getString("code");
        return switch (code) {
            case "MARKED" ->
                new MarkDecision.Marked(
                        new Mark(
                                row.getLong("mark_id"),
                                at,
                                workDate,
                                row.getInt("mark_number"),
                                direction(row.getString("mark_direction"))),
                        row.getInt("remaining_today"));
            case "DAILY_LIMIT_REACHED" -> new MarkDecision.DailyLimitReached(marks(connection, userId, workDate));
            case "TOO_SOON" -> new MarkDecision.TooSoon(instant(row, "next_allowed_at"));
            case "NOT_ENROLLED" -> new MarkDecision.UnknownPerson();
            default -> throw new IllegalStateException("mark_attendance answered " + code);
        };
    }

    private static List<Mark> marks(Connection connection, UserId userId, LocalDate workDate) throws SQLException {
        String sql = """
                select id, marked_at, work_date, number, direction
                from attendance
                where user_id = ? and work_date = ?
                order by number desc
                limit ?""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, userId.value());
            statement.setObject(2, workDate);
            statement.setInt(3, MARKS_TOLD);
            ResultSet rows = statement.executeQuery();
            List<Mark> marks = new ArrayList<>();
            while (rows.next()) {
                marks.add(0, mark(rows));
            }
            return marks;
        }
    }

    @Override
    public List<MarkOfPerson> list(Query query) {
        String sql = """
                select a.id, a.user_id, p.name, a.marked_at, a.work_date, a.number, a.direction, a.confidence
                from attendance a
                left join people p on p.user_id = a.user_id
                where a.id > ?
                  and (?::text is null or a.user_id = ?)
                  and (?::date is null or a.work_date >= ?)
                  and (?::date is null or a.work_date <= ?)
                order by a.id
                limit ?""";
        UserId userId = query.userId();
        String person = userId == null ? null : userId.value();
        return database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, query.afterId());
                statement.setString(2, person);
                statement.setString(3, person);
                statement.setObject(4, query.from());
                statement.setObject(5, query.from());
                statement.setObject(6, query.to());
                statement.setObject(7, query.to());
                statement.setInt(8, query.limit());
                return marksOfPeople(statement.executeQuery());
            }
        });
    }

    private static List<MarkOfPerson> marksOfPeople(ResultSet rows) throws SQLException {
        List<MarkOfPerson> marks = new ArrayList<>();
        while (rows.next()) {
            marks.add(new MarkOfPerson(
                    new UserId(rows.getString("user_id")),
                    rows.getString("name"),
                    mark(rows),
                    rows.getDouble("confidence")));
        }
        return marks;
    }

    private static Mark mark(ResultSet row) throws SQLException {
        return new Mark(
                row.getLong("id"),
                instant(row, "marked_at"),
                row.getObject("work_date", LocalDate.class),
                row.getInt("number"),
                direction(row.getString("direction")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Direction direction(String stored) {
        return Direction.valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
