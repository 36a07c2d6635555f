package io.nettyslab.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimetableTest {

    private static Timetable timetable(int connection) {
        return new Timetable(1000, 4, connection, 5_000);
    }

    @Test
    void next_connectionsTakeTurns() {
        for (int connection = 0; connection < 4; connection++) {
            assertThat(timetable(connection).next()).isEqualTo(5_000 + connection * 1_000_000L);
        }
    }

    @Test
    void next_manyMessages_keepsTheRate() {
        Timetable timetable = timetable(0);
        for (int i = 0; i < 250_000; i++) {
            timetable.advance();
        }

        assertThat(timetable.next()).isEqualTo(5_000 + 1_000_000_000_000L);
    }
}
