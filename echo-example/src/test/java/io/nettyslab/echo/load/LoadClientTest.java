package io.nettyslab.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.nettyslab.echo.net.TransportKind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When the load is over. */
class LoadClientTest {

    /** No connection is opened: the test says what connections would. */
    private static LoadClient client() {
        return new LoadClient(new LoadSettings(
                TransportKind.NIO,
                null,
                new InetSocketAddress(1),
                1,
                2,
                Duration.ZERO,
                1,
                Duration.ofSeconds(1),
                new LoadWire(LoadProtocol.RAW, false, 0),
                new LoadTraffic(MessageSizes.fixed(1), 1, 4, 0, 0, 1)));
    }

    /** A retry that comes due late must meet no event loop that has ended. */
    @Test
    void retry_afterTheEnd_isNone() {
        try (LoadClient client = client()) {
            EventLoopGroup group = TransportKind.NIO.newGroup(1, "connector");
            Connector connector = new Connector(client, client.settings(), group);
            connector.stop();
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
            assertThat(connector.retry(0, 0)).isTrue();
            assertThat(connector.retried()).isZero();
        }
    }

    private static boolean isOver(LoadClient client) {
        return client.run(Duration.ZERO);
    }

    @Test
    void run_isOver_onceEveryConnectionHasNoMore() {
        try (LoadClient client = client()) {
            client.start(0);
            client.nothingUnderWay(0, false);
            assertThat(isOver(client)).isFalse();
            client.nothingUnderWay(1, false);
            assertThat(isOver(client)).isTrue();
        }
    }

    /** A connection may look at itself, because it was closed for one, before it hears of the start. */
    @Test
    void run_isNotOver_forConnectionsThatHaveNotBegun() {
        try (LoadClient client = client()) {
            client.start(0);
            client.nothingUnderWay(0, true);
            client.nothingUnderWay(1, true);
            assertThat(isOver(client)).isFalse();
        }
    }

    @Test
    void run_isOver_whateverIsLeftToSend_ifNothingIsToBeSent() {
        try (LoadClient client = client()) {
            client.nothingUnderWay(0, true);
            assertThat(isOver(client)).isFalse();
            client.nothingUnderWay(1, true);
            assertThat(isOver(client)).isTrue();
        }
    }
}
