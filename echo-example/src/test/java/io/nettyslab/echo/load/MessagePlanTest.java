package io.nettyslab.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagePlanTest {

    private static MessagePlan plan(String sizes, long repeatSet, int connection) {
        return new MessagePlan(new LoadTraffic(MessageSizes.parse(sizes), 1, 0, 0, repeatSet, 1), connection);
    }

    private static List<List<Long>> next(MessagePlan plan, int count) {
        List<List<Long>> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(List.of(plan.position(), (long) plan.size()));
            plan.advance();
        }
        return messages;
    }

    @Test
    void advance_messagesLieSideBySide() {
        long end = 0;
        for (List<Long> message : next(plan("16-512", 0, 0), 1000)) {
            assertThat(message.get(0)).isEqualTo(end);
            end += message.get(1);
        }
    }

    @Test
    void twoPlansOfAConnection_agree_thoseOfOthersDoNot() {
        assertThat(next(plan("web", 0, 3), 100)).isEqualTo(next(plan("web", 0, 3), 100));
        assertThat(next(plan("web", 0, 3), 100)).isNotEqualTo(next(plan("web", 0, 4), 100));
    }

    @Test
    void repeatSet_sameMessagesComeAgain() {
        MessagePlan plan = plan("16-512", 7, 0);
        List<List<Long>> first = next(plan, 7);

        assertThat(first).doesNotHaveDuplicates();
        assertThat(next(plan, 7)).isEqualTo(first);
    }
}
