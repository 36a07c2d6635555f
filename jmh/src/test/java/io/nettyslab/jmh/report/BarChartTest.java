package io.nettyslab.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.XYChart;

class BarChartTest {

    private static final String LABEL = "some label";

    /** The label of the only bar that is drawn, that of the last row, stands beside it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void labelsStandBesideTheirBars(int rows) {
        List<String> labels = IntStream.range(0, rows)
                .mapToObj(row -> row == rows - 1 ? LABEL : " ")
                .toList();
        BarChart bars = new BarChart("title", "axis", labels, 0.5, 2, "x");
        bars.bar(rows - 1, 1, 1.5, 1, Color.RED);
        BufferedImage image = paint(bars.build());

        IntSummaryStatistics bar = heights(image, image.getWidth(), Color.RED);
        IntSummaryStatistics label = heights(image, TextMark.width(LABEL), ChartStyle.INK);
        assertThat(middle(label)).isBetween((double) bar.getMin(), (double) bar.getMax());
    }

    /** XChart cuts the legend off where the plot is narrower. */
    @Test
    void longLabelsLeaveThePlotItsRoom() {
        String label = "a label that is longer than any of those there are".repeat(3);

        assertThat(width(LABEL)).isEqualTo(ChartStyle.WIDTH);
        assertThat(width(label)).isEqualTo(TextMark.width(label) + 500).isGreaterThan(ChartStyle.WIDTH);
    }

    private static int width(String label) {
        return new BarChart("title", "axis", List.of(label), 0.5, 2, "x")
                .build()
                .getWidth();
    }

    private static BufferedImage paint(XYChart chart) {
        BufferedImage image = new BufferedImage(chart.getWidth(), chart.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        return image;
    }

    /** Returns how high in the picture, left of {@code end}, the color is to be seen. */
    private static IntSummaryStatistics heights(BufferedImage image, int end, Color color) {
        return IntStream.range(0, image.getHeight())
                .filter(y -> IntStream.range(0, end).anyMatch(x -> image.getRGB(x, y) == color.getRGB()))
                .summaryStatistics();
    }

    private static double middle(IntSummaryStatistics heights) {
        assertThat(heights.getCount()).as("of that color").isPositive();
        return (heights.getMin() + heights.getMax()) / 2.0;
    }
}
