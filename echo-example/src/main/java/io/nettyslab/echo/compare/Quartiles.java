package io.nettyslab.echo.compare;

import java.util.stream.DoubleStream;

/**
 * The middle of some figures and how far they spread.
 *
 * @param min smallest
 * @param low a quarter of them is smaller
 * @param median half of them is smaller
 * @param high a quarter of them is larger
 * @param max largest
 */
public record Quartiles(double min, double low, double median, double high, double max) {

    static Quartiles of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        return new Quartiles(at(sorted, 0), at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75), at(sorted, 1));
    }

    private static double at(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
}
