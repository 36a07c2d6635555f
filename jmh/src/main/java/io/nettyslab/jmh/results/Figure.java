package io.nettyslab.jmh.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.DoubleSummaryStatistics;

/**
 * A number and the span that its iterations lie in. Not JMH's interval: with a few iterations it is so wide that
 * nothing differs from anything, and losses hide in it.
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
     * Reads a metric of JMH: the least and the greatest of all its JVMs' iterations. Of samples, which JMH keeps as
     * histograms, its interval; of a single one nothing.
     *
     * @throws IllegalArgumentException if there is no score
     */
    static Figure of(JsonNode metric) {
        double score = metric.path("score").asDouble(Double.NaN);
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("score: " + metric.path("score") + " (expected: a number)");
        }
        DoubleSummaryStatistics iterations = metric.path("rawData")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::asDouble)
                .summaryStatistics();
        if (iterations.getCount() > 1) {
            return new Figure(score, Math.min(score, iterations.getMin()), Math.max(score, iterations.getMax()));
        }
        JsonNode interval = metric.path("scoreConfidence");
        double low = interval.path(0).asDouble(Double.NaN);
        double high = interval.path(1).asDouble(Double.NaN);
        return Double.isNaN(low) || Double.isNaN(high) ? exactly(score) : new Figure(score, low, high);
    }

    /** Returns this in another unit. */
    Figure times(double factor) {
        return new Figure(score * factor, low * factor, high * factor);
    }

    /** Returns the difference to a figure that was measured apart. */
    public Figure minus(Figure other) {
        return new Figure(score - other.score, low - other.high, high - other.low);
    }
}
