package io.nettyslab.echo.cli;

import static io.nettyslab.echo.cli.WatchTopic.CONNECTIONS;
import static io.nettyslab.echo.cli.WatchTopic.DATA;
import static io.nettyslab.echo.cli.WatchTopic.FLOW;
import static io.nettyslab.echo.cli.WatchTopic.THREADS;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.protocol.ProtocolKind;
import io.nettyslab.echo.server.ServerListener;
import io.nettyslab.echo.server.Session;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Prints what happens on a server, for learning: one line for each event, what was seen first above what followed. It
 * is slow, as terminals are, and holds up the server while it prints.
 */
final class Watch implements ServerListener {

    private static final int SHOWN_BYTES = 64;

    private final Set<WatchTopic> topics;
    private final EchoAllocator allocator;
    private final PrintWriter out;
    private final long start = System.nanoTime();
    private final Map<Long, Counts> counts = new ConcurrentHashMap<>(); // by session

    /** Of one session, kept on its event loop. */
    private static final class Counts {
        private long reads;
        private long writes;
    }

    Watch(Set<WatchTopic> topics, EchoAllocator allocator, PrintWriter out) {
        this.topics = topics;
        this.allocator = allocator;
        this.out = out;
    }

    @Override
    public void connected(Session session) {
        counts.put(session.id(), new Counts());
        print(CONNECTIONS, session, "connected from " + address(session.remote()) + ", " + counts.size() + " open");
        print(THREADS, session, "served by this thread");
        if (session.protocol() == ProtocolKind.LINE) {
            print(DATA, session, "reads are not shown: what is typed in secret is in them; lines are shown");
        }
    }

    @Override
    public void refused(SocketAddress remote) {
        print(CONNECTIONS, "-", "refused " + address(remote) + ": as many as allowed are open");
    }

    @Override
    public void disconnected(Session session) {
        counts.remove(session.id());
        print(CONNECTIONS, session, "disconnected, " + counts.size() + " open");
    }

    @Override
    public void received(Session session, ByteBuf bytes) {
        print(FLOW, session, "read " + ++counts.get(session.id()).reads + ": " + describe(bytes));
        if (session.protocol() != ProtocolKind.LINE) {
            data(session, "read", bytes);
        }
    }

    @Override
    public void unfinished(Session session, int bytes) {
        String part = session.protocol() == ProtocolKind.FRAMED && bytes < 4 ? "part of a length" : "part of a message";
        print(FLOW, session, "  " + part + " waits for the rest: " + count(bytes));
    }

    @Override
    public void message(Session session, long number, ByteBuf message, boolean secure) {
        print(FLOW, session, "  message " + number + " complete: " + describe(message));
        if (secure) {
            print(DATA, session, "  message " + number + ": not shown, it is secret");
        } else {
            data(session, "message " + number, message);
        }
    }

    @Override
    public void working(Session session, long number) {
        print(THREADS, session, "  message " + number + " is answered by this worker");
    }

    @Override
    public void sent(Session session, ByteBuf bytes) {
        Counts of = counts.get(session.id());
        print(FLOW, session, "write " + ++of.writes + ": " + describe(bytes));
        data(session, "write", bytes);
    }

    @Override
    public void reading(Session session, boolean reads) {
        print(FLOW, session, reads ? "reads on" : "does not read: the client is slow to take its answers");
    }

    /** Some transports no longer know the address of a client that is gone already. */
    private static String address(SocketAddress remote) {
        return remote == null ? "a client that is gone again" : remote.toString();
    }

    private String describe(ByteBuf buffer) {
        ByteBuf root = buffer;
        while (root.unwrap() != null) {
            root = root.unwrap();
        }
        String part = root == buffer ? "" : buffer.getClass().getSimpleName() + " of ";
        return count(buffer.readableBytes()) + " in " + part + root.getClass().getSimpleName() + " of "
                + Units.bytes(root.capacity()) + (allocator.isFromSlab(buffer) ? ", in a slab" : ", not in a slab");
    }

    private static String count(int bytes) {
        return bytes == 1 ? "1 byte" : Units.count(bytes) + " bytes";
    }

    private void data(Session session, String what, ByteBuf bytes) {
        if (!topics.contains(DATA)) {
            return;
        }
        int shown = Math.min(bytes.readableBytes(), SHOWN_BYTES);
        StringBuilder text = new StringBuilder("  ").append(what).append(':');
        for (int at = 0; at < shown; at += 16) {
            int length = Math.min(16, shown - at);
            int index = bytes.readerIndex() + at;
            text.append(Units.format(
                    "%n      %6d  %-47s  %s", at, hex(bytes, index, length), letters(bytes, index, length)));
        }
        if (shown < bytes.readableBytes()) {
            text.append(Units.format("%n              ... and %s more", count(bytes.readableBytes() - shown)));
        }
        print(DATA, session, text.toString());
    }

    private static String hex(ByteBuf bytes, int index, int length) {
        return ByteBufUtil.hexDump(bytes, index, length).replaceAll("(..)(?=.)", "$1 ");
    }

    private static String letters(ByteBuf bytes, int index, int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = index; i < index + length; i++) {
            int b = bytes.getUnsignedByte(i);
            letters.append(b >= ' ' && b < 127 ? (char) b : '.');
        }
        return letters.toString();
    }

    private void print(WatchTopic topic, Session session, String text) {
        print(topic, String.valueOf(session.id()), text);
    }

    private void print(WatchTopic topic, String session, String text) {
        if (topics.contains(topic)) {
            String thread = topics.contains(THREADS)
                    ? Units.format("%-18s ", Thread.currentThread().getName())
                    : "";
            double seconds = (System.nanoTime() - start) / 1e9;
            out.println(Units.format("%10.6f s  %ssession %-4s %s", seconds, thread, session, text));
            out.flush();
        }
    }
}
