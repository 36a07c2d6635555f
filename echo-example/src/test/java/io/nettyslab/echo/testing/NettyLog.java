package io.nettyslab.echo.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The warnings of Netty while this is open: each would stand, with its stack trace, among the lines of a command. */
public final class NettyLog implements AutoCloseable {

    private static final Logger NETTY = Logger.getLogger("io.netty"); // kept, or the handler might be lost with it

    private final List<String> warnings = new CopyOnWriteArrayList<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(logged.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public NettyLog() {
        NETTY.addHandler(handler);
    }

    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() {
        NETTY.removeHandler(handler);
    }
}
