package io.nettyslab.jmh.results;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A number and the interval that JMH is 99.9 % sure of.
 *
 * @param score the number
 * @param low lower end, at most the score
 * @param high upper end, at least the score
 */
public record Figure(double score, double low, double high) {

    /** A number of which nothing more is known. */
    public static Figure exactly(double score) {
        return new Figure(score, score, score);
    }

    /**
     * Reads a metric of JMH. With a single sample there is no interval.
     *
     * @throws IllegalArgumentException if there is no score
     */
    static Figure of(JsonNode metric) {
        double score = metric.path("score").asDouble(Double.NaN);
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("score: " + metric.path("score") + " (expected: a number)");
        }
        JsonNode interval = metric.path("scoreConfidence");
        double low = interval.path(0).asDouble(Double.NaN);
        double high = interval.path(1).asDouble(Double.NaN);
        return Double.isNaN(low) || Double.isNaN(high) ? exactly(score) : new Figure(score, low, high);
    }

    /** Returns the difference to a figure that was measured apart. */
    public Figure minus(Figure other) {
        return new Figure(score - other.score, low - other.high, high - other.low);
    }
}
