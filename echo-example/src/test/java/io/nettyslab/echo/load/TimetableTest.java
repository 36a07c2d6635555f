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
    void dueBefore_countsWhatIsNotSent() {
        Timetable timetable = timetable(1); // every 4 ms from 1 ms on
        assertThat(timetable.dueBefore(0)).isZero();
        assertThat(timetable.dueBefore(5_000 + 1_000_000)).isZero();
        assertThat(timetable.dueBefore(5_000 + 1_000_001)).isEqualTo(1);
        assertThat(timetable.dueBefore(5_000 + 9_000_001)).isEqualTo(3);
        assertThat(timetable.next(2)).isEqualTo(5_000 + 9_000_000);
        timetable.advance();
        assertThat(timetable.dueBefore(5_000 + 9_000_001)).isEqualTo(2);
        assertThat(timetable.next(1)).isEqualTo(5_000 + 9_000_000);
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
