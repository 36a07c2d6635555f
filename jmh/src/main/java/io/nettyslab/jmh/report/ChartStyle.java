package io.nettyslab.jmh.report;

import io.nettyslab.jmh.AllocatorKind;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/**
 * How all charts look. They are cards with a background of their own, so that they read the same on a light page and on
 * a dark one. Nothing is told by colour alone: marks and words say it too.
 */
final class ChartStyle {

    static final int WIDTH = 860;

    static final Color INK = new Color(0x1f2937);
    static final Color FAINT_INK = new Color(0x6b7280);
    static final Color CONTROL = new Color(0xc2843a);
    static final Color CARD = new Color(0xfcfcfb);
    static final Color GRID = new Color(0xe2e4e8);

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Font STRONG = new Font(Font.SANS_SERIF, Font.BOLD, 12);

    /** Twice the size in pixels: sharp on a dense screen. */
    private static final int SCALE = 2;

    private static final int PADDING = 12;

    private ChartStyle() {}

    static Color of(AllocatorKind allocator) {
        return switch (allocator) {
            case slab -> new Color(0x0d9488);
            case pooled -> new Color(0x64748b);
            case adaptive -> new Color(0xa78bfa);
            case unpooled, other -> new Color(0xd6d3d1);
        };
    }

    static Color of(Verdict verdict) {
        return switch (verdict) {
            case SLOWER -> new Color(0xdc2626);
            case MISSED -> new Color(0xf59e0b);
            case BEHIND -> new Color(0xb08968);
            case EVEN -> new Color(0x9ca3af);
            case MET -> new Color(0x0d9488);
            case SHOWN, NOT_MEASURED -> new Color(0x93c5fd);
        };
    }

    static BasicStroke line(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }

    static BasicStroke dashes(double width) {
        return new BasicStroke(
                (float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {5f, 4f}, 0f);
    }

    static void apply(AxesChartStyler styler) {
        styler.setChartBackgroundColor(CARD);
        styler.setPlotBackgroundColor(CARD);
        styler.setPlotBorderVisible(false);
        styler.setChartPadding(PADDING);
        styler.setChartTitleFont(TITLE);
        styler.setChartFontColor(INK);
        styler.setChartTitleBoxVisible(false);
        styler.setAxisTitleFont(TEXT);
        styler.setAxisTickLabelsFont(TEXT);
        styler.setAxisTickLabelsColor(INK);
        styler.setAxisTickMarksColor(GRID);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(line(1));
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setLegendBorderColor(CARD);
        styler.setLegendBackgroundColor(CARD);
        styler.setLegendFont(TEXT);
        styler.setMarkerSize(7);
    }

    /** Draws a chart into a PNG. */
    static void write(Chart<?, ?> chart, Path file) throws IOException {
        BufferedImage image =
                new BufferedImage(SCALE * chart.getWidth(), SCALE * chart.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.setColor(GRID);
        graphics.setStroke(line(2));
        graphics.drawRect(0, 0, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        Png.write(image, file);
    }
}
