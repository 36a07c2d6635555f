package io.nettyslab.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettyslab.echo.net.TransportKind;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class TimetableTest {

    private static final LoadSettings FOUR_CONNECTIONS_1000_PER_SECOND =
            new LoadSettings(TransportKind.NIO, null, new InetSocketAddress(1), 1, 4, 1, 1, 1000, 1);

    private static Timetable timetable(int connection) {
        Timetable timetable = new Timetable(FOUR_CONNECTIONS_1000_PER_SECOND, connection);
        timetable.restart(5_000);
        return timetable;
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

    @Test
    void restart_owesNothingFromBefore() {
        Timetable timetable = timetable(0);
        timetable.advance();
        timetable.restart(77);

        assertThat(timetable.next()).isEqualTo(77);
    }
}
