package io.nettyslab.echo.load;

/**
 * Notices when a server has sent nothing for as long as the timeout of the load says, not even a part of a message. For
 * one thread, which looks now and then.
 */
final class Silence {

    private final LoadClient client;
    private long since;
    private long receivedThen;

    Silence(LoadClient client) {
        this.client = client;
        end();
    }

    /** Begins anew: nothing was to be heard until now. */
    void end() {
        since = System.nanoTime();
        receivedThen = client.receivedBytes();
    }

    boolean isTooLong() {
        if (client.receivedBytes() != receivedThen) {
            end();
        }
        return System.nanoTime() - since > client.settings().timeout().toNanos();
    }
}
