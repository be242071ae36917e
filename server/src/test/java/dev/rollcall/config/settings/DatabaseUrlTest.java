package dev.rollcall.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.postgres.Database.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void everyPart_findsItsPlace() {
        assertThat(DatabaseUrl.address("postgresql://ann:p%40ss+w%3Ard@db.example:6543/rollcall?sslmode=require"))
                .isEqualTo(
                        new Address("jdbc:postgresql://db.example:6543/rollcall?sslmode=require", "ann", "p@ss+w:rd"));
    }

    @Test
    void shortForms_areTaken() {
        assertThat(DatabaseUrl.address("postgres://ann@localhost/x"))
                .isEqualTo(new Address("jdbc:postgresql://localhost:5432/x", "ann", ""));
        assertThat(DatabaseUrl.address("jdbc:postgresql://localhost/x?user=ann"))
                .isEqualTo(new Address("jdbc:postgresql://localhost:5432/x?user=ann", "", ""));
    }

    @Test
    void colonOfAPassword_belongsToIt() {
        assertThat(DatabaseUrl.address("postgresql://ann:a:b:c@h/d"))
                .isEqualTo(new Address("jdbc:postgresql://h:5432/d", "ann", "a:b:c"));
    }

    @Test
    void transactionPoolerOfSupabase_isRefused() {
        String host = "postgresql://u:p@aws-0-eu.pooler.supabase.com:";
        assertThat(DatabaseUrl.problem(host + "6543/postgres"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("session pooler, port 5432"));
        assertThat(DatabaseUrl.problem(host + "5432/postgres")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mysql://a:b@c/d", "postgresql://host", "postgresql:///x", "postgresql://a:p ss@c/d"})
    void otherForms_areRefusedWithoutRepeatingThem(String url) {
        assertThat(DatabaseUrl.problem(url)).hasValueSatisfying(problem -> assertThat(problem)
                .contains("postgresql://user:password@host:port/database")
                .doesNotContain("p ss"));
    }

    @Test
    void password_isNotPrinted() {
        assertThat(DatabaseUrl.address("postgresql://ann:secret@h/d").toString())
                .doesNotContain("secret");
    }
}
