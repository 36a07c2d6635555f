package io.nettyslab.echo.load;

import io.nettyslab.echo.text.Units;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * How long messages are. A message's size follows from 64 random bits, so that sender and receiver find the same one
 * without telling each other. Immutable.
 */
public final class MessageSizes {

    /** Largest message of any load, in bytes. */
    public static final int MAX_SIZE = 16 << 20;

    /** What may be written for {@link #parse}. */
    public static final String FORMS = "1k, 16-512 (any between), 64,1k,16k (one of these), or web (log-normal, median"
            + " 2 KiB, at most 256 KiB)";

    private static final int WEB_DRAWS = 1 << 12;
    private static final double WEB_MEDIAN = 2048;
    private static final int WEB_MIN = 16;
    private static final int WEB_MAX = 256 << 10;

    private final String text;
    private final int min; // all from min to max alike, if there is no choice
    private final int max;
    private final int[] choice; // one of these, each as often as it stands here; or null

    private MessageSizes(String text, int min, int max, int[] choice) {
        this.text = text;
        this.min = min;
        this.max = max;
        this.choice = choice;
    }

    public static MessageSizes fixed(int size) {
        return new MessageSizes(Units.bytes(size), size, size, null);
    }

    /**
     * Parses sizes as users write them.
     *
     * @param text see {@link #FORMS}
     * @return the sizes
     * @throws IllegalArgumentException if the text has another form, or a size is not within 1 and {@link #MAX_SIZE}
     */
    public static MessageSizes parse(String text) {
        String form = text.trim().toLowerCase(Locale.ROOT);
        if (form.equals("web")) {
            return ofChoice("web sizes, log-normal around 2 KiB", webSizes());
        }
        if (form.indexOf(',') >= 0) {
            int[] sizes = Arrays.stream(form.split(",", -1))
                    .mapToInt(part -> parseOne(part, text))
                    .toArray();
            return ofChoice(Arrays.stream(sizes).mapToObj(Units::bytes).collect(Collectors.joining(", ")), sizes);
        }
        int dash = form.indexOf('-');
        if (dash < 0) {
            return fixed(parseOne(form, text));
        }
        int min = parseOne(form.substring(0, dash), text);
        int max = parseOne(form.substring(dash + 1), text);
        if (min > max) {
            throw new IllegalArgumentException("'" + text + "' ends before it begins (expected: " + FORMS + ")");
        }
        return new MessageSizes(Units.bytes(min) + " to " + Units.bytes(max), min, max, null);
    }

    private static int parseOne(String part, String whole) {
        long size;
        try {
            size = Units.parseBytes(part);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + whole + "' is not a message size (expected: " + FORMS + ")");
        }
        if (size < 1 || size > MAX_SIZE) {
            String where = part.equals(whole) ? "" : " in '" + whole + "'";
            throw new IllegalArgumentException(part.trim() + where + " (expected: 1 to " + Units.bytes(MAX_SIZE) + ")");
        }
        return (int) size;
    }

    private static MessageSizes ofChoice(String text, int[] sizes) {
        return new MessageSizes(text, 0, Arrays.stream(sizes).max().orElseThrow(), sizes);
    }

    /** {@link Random} and {@link StrictMath} give the same sizes on every JDK. */
    private static int[] webSizes() {
        Random random = new Random(1);
        int[] sizes = new int[WEB_DRAWS];
        Arrays.setAll(sizes, i -> {
            double size = WEB_MEDIAN * StrictMath.exp(random.nextGaussian());
            return (int) Math.max(WEB_MIN, Math.min(WEB_MAX, size));
        });
        return sizes;
    }

    /**
     * Chooses a size.
     *
     * @param random evenly distributed bits
     * @return bytes, at least 1
     */
    int choose(long random) {
        if (choice != null) {
            return choice[scale(random, choice.length)];
        }
        return min == max ? min : min + scale(random, max - min + 1);
    }

    /** Maps random bits to 0 to {@code bound - 1}, without the cost of a division. */
    private static int scale(long random, int bound) {
        return (int) (((random >>> 32) * bound) >>> 32);
    }

    /**
     * Returns the largest size that can be chosen.
     *
     * @return bytes
     */
    public int largest() {
        return max;
    }

    @Override
    public String toString() {
        return text;
    }
}
