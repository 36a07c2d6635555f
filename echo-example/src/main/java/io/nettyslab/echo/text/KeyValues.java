package io.nettyslab.echo.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A block of {@code key=value} lines ended by an empty line: what the commands print for programs instead of tables.
 * Keys are words, values numbers or single lines of text.
 */
public final class KeyValues {

    private final Map<String, String> values = new LinkedHashMap<>();

    public KeyValues put(String key, Object value) {
        values.put(key, String.valueOf(value));
        return this;
    }

    /**
     * Returns a number.
     *
     * @param key its name
     * @return its value
     * @throws IllegalArgumentException if there is none
     */
    public double number(String key) {
        return Double.parseDouble(text(key));
    }

    /**
     * Returns a text.
     *
     * @param key its name
     * @return its value
     * @throws IllegalArgumentException if there is none
     */
    public String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no value '" + key + "' in " + values);
        }
        return value;
    }

    public Map<String, String> asMap() {
        return Collections.unmodifiableMap(values);
    }

    public void print(PrintWriter out) {
        values.forEach((key, value) -> out.println(key + "=" + value));
        out.println();
        out.flush();
    }

    /**
     * Reads one block.
     *
     * @param in where blocks come from
     * @return the block, {@code null} if the stream ended before its last line
     * @throws IOException if reading fails
     */
    public static KeyValues read(BufferedReader in) throws IOException {
        KeyValues block = new KeyValues();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                return block;
            }
            int sign = line.indexOf('=');
            if (sign > 0) {
                block.put(line.substring(0, sign), line.substring(sign + 1));
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
