package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.nettyslab.testing.Kind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Draws the arguments of one call, most of them right, some wrong, and remembers them for messages. */
final class Arguments {

    /** One in so many is drawn out of range, or nearly so. */
    private static final int WRONG = 9;

    /** Most lengths stay below, so that calls are quick. */
    private static final int SHORT = 40;

    private static final Charset[] CHARSETS = {
        StandardCharsets.UTF_8, StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16
    };

    /** One, two, three and four bytes in UTF-8, and surrogates that may end up unpaired. */
    private static final String LETTERS = "abcxyz 019~\u0000\u007fäöß\u00ff\u0394\u20ac\uD83D\uDE00";

    private final SplittableRandom random;
    private final ByteBuf buffer; // what the call will be made on; only asked for its state
    private final boolean stale;
    private final StringBuilder drawn = new StringBuilder();
    private boolean outside;
    private boolean wrong;

    Arguments(SplittableRandom random, ByteBuf buffer, boolean stale) {
        this.random = random;
        this.buffer = buffer;
        this.stale = stale;
    }

    /** Declares which bytes the call will touch. */
    void touches(int index, int length) {
        wrong = index < 0 || length < 0 || (long) index + length > buffer.capacity();
        outside = wrong && length != 0;
    }

    /** Whether the call touches bytes outside the capacity: it must fail. */
    boolean areOutside() {
        return outside;
    }

    /** Whether it names no byte, but a place outside the capacity, or is outside: it may fail. */
    boolean areWrong() {
        return wrong;
    }

    /** Whether the buffer shows what its root no longer has, or is dead. */
    boolean areForStale() {
        return stale;
    }

    /** The state of the buffer the call will be made on. */
    ByteBuf buffer() {
        return buffer;
    }

    /** An index at which {@code length} bytes fit into the capacity. */
    int index(int length) {
        int last = buffer.capacity() - length;
        return note("index", oneIn(WRONG) || last < 0 ? wrongIndex() : below(last + 1));
    }

    /** A length that fits into the capacity from {@code index} on. */
    int length(int index) {
        return note("length", fitting(buffer.capacity() - (long) index));
    }

    /** A length that fits into the readable bytes. */
    int readable() {
        return note("length", fitting(buffer.readableBytes()));
    }

    /** A number of bytes to write: often within the capacity, sometimes within the slot, sometimes beyond. */
    int writable() {
        return note("length", fitting(oneIn(3) ? buffer.maxFastWritableBytes() : buffer.writableBytes()));
    }

    /** A small size, right for an array or a peer. */
    int size() {
        return note("size", below(SHORT));
    }

    /** A size around {@code length}, mostly equal to it. */
    int sizeFor(int length) {
        int near = oneIn(WRONG) ? length + random.nextInt(-3, 4) : length;
        return note("size", Math.max(0, Math.min(near, buffer.capacity() + SHORT)));
    }

    /** A position in something of {@code size}. */
    int positionIn(int size, int length) {
        return note("position", oneIn(WRONG) ? random.nextInt(-2, size + 3) : below(Math.max(0, size - length) + 1));
    }

    /** A capacity: smaller, larger, within the slot, past the slot, past the maximum. */
    int capacity() {
        long most = Math.min(buffer.maxCapacity(), buffer.capacity() * 2L + 4 * SHORT);
        int chosen;
        switch (below(6)) {
            case 0 -> chosen = below((int) most + 1);
            case 1 -> chosen = buffer.capacity() + random.nextInt(-3, 4);
            case 2 -> chosen = buffer.writerIndex() + Math.min(buffer.maxFastWritableBytes(), SHORT);
            case 3 -> chosen = buffer.maxCapacity() == Integer.MAX_VALUE ? -1 : buffer.maxCapacity() + 1;
            default -> chosen = (int) most - below(Math.min((int) most, SHORT) + 1);
        }
        return note("capacity", chosen);
    }

    /** An index for the reader or the writer. */
    int markerIndex() {
        return note("index", oneIn(WRONG) ? wrongIndex() : below(buffer.capacity() + 1));
    }

    int between(int from, int to) {
        return note("value", random.nextInt(from, to));
    }

    int anyInt() {
        return note("value", random.nextInt());
    }

    long anyLong() {
        long value = random.nextLong();
        drawn.append(" value=").append(value);
        return value;
    }

    /** A byte that {@link #fill} uses, so that searches find something. */
    byte anyByte() {
        return (byte) note("byte", letter());
    }

    boolean flip() {
        boolean value = random.nextBoolean();
        drawn.append(' ').append(value);
        return value;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    Kind kind() {
        return random.nextBoolean() ? Kind.DIRECT : Kind.HEAP;
    }

    Charset charset() {
        Charset charset = CHARSETS[random.nextInt(CHARSETS.length)];
        drawn.append(' ').append(charset);
        return charset;
    }

    CharSequence text() {
        StringBuilder text = new StringBuilder();
        boolean ascii = random.nextBoolean();
        for (int i = below(oneIn(20) ? 200 : SHORT / 2); i > 0; i--) {
            text.append(ascii ? (char) random.nextInt(128) : LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        drawn.append(" text of ").append(text.length());
        return switch (random.nextInt(3)) {
            case 0 -> text;
            case 1 -> new AsciiString(text);
            default -> text.toString();
        };
    }

    byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        fill(bytes);
        return bytes;
    }

    void fill(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) letter();
        }
    }

    private int letter() {
        return random.nextInt(16) * 17;
    }

    private int fitting(long room) {
        if (oneIn(WRONG)) {
            return wrongLength(room);
        }
        int most = (int) Math.max(0, Math.min(room, buffer.capacity() + SHORT));
        return below((oneIn(10) ? most : Math.min(most, SHORT)) + 1);
    }

    private int wrongIndex() {
        return switch (random.nextInt(6)) {
            case 0 -> -1;
            case 1 -> -1 - random.nextInt(100);
            case 2 -> Integer.MIN_VALUE;
            case 3 -> Integer.MAX_VALUE - random.nextInt(10);
            case 4 -> buffer.capacity() + random.nextInt(100);
            default -> buffer.capacity();
        };
    }

    /** Never huge: some calls take an array of the length before anything checks it. */
    private int wrongLength(long room) {
        long near = Math.max(-10, Math.min(room, buffer.capacity()));
        return switch (random.nextInt(4)) {
            case 0 -> -1 - random.nextInt(10);
            case 1 -> (int) near + 1 + random.nextInt(100);
            case 2 -> 0;
            default -> (int) near + 1;
        };
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    private int note(String name, int value) {
        drawn.append(' ').append(name).append('=').append(value);
        return value;
    }

    @Override
    public String toString() {
        return drawn.toString();
    }
}
