package io.nettyslab.echo.protocol;

/**
 * Puts numbered work that is done out of order back in order. Not thread-safe: one event loop puts and takes.
 *
 * @param <T> what is numbered
 */
public final class InOrder<T> {

    private Object[] ring = new Object[16]; // always a power of two; item n stands at n modulo its length
    private long next;

    /**
     * Adds what has become ready.
     *
     * @param number counts from 0, each number once
     * @param item not {@code null}
     * @throws IllegalArgumentException if the number was put before
     */
    public void put(long number, T item) {
        while (number - next >= ring.length) {
            grow();
        }
        if (number < next || ring[index(number)] != null) {
            throw new IllegalArgumentException("number: " + number + " (expected: one not put before)");
        }
        ring[index(number)] = item;
    }

    /**
     * Takes the next in order.
     *
     * @return the item, {@code null} as long as it is not there
     */
    @SuppressWarnings("unchecked") // put() takes nothing else
    public T poll() {
        T item = (T) ring[index(next)];
        if (item != null) {
            ring[index(next)] = null;
            next++;
        }
        return item;
    }

    private int index(long number) {
        return (int) number & (ring.length - 1);
    }

    private void grow() {
        Object[] old = ring;
        ring = new Object[2 * old.length];
        for (long n = next; n < next + old.length; n++) {
            ring[index(n)] = old[(int) n & (old.length - 1)];
        }
    }
}
