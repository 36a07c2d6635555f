package io.nettyslab.jmh.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.internal.chartpart.Annotation;

/** A word at a place in a chart, to the right of it or, at the left edge, before the plot. */
final class TextMark extends Annotation {

    private static final int GAP = 6;
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private final String text;
    private final double x; // NaN: before the left edge
    private final double y;
    private final Font font;
    private final Color color;

    private TextMark(String text, double x, double y, Font font, Color color) {
        super(false);
        this.text = text;
        this.x = x;
        this.y = y;
        this.font = font;
        this.color = color;
    }

    static TextMark rightOf(double x, double y, String text, Font font, Color color) {
        return new TextMark(text, x, y, font, color);
    }

    static TextMark beforeThePlot(double y, String text) {
        return new TextMark(text, Double.NaN, y, ChartStyle.TEXT, ChartStyle.INK);
    }

    /** Returns the room in pixels that {@code text} needs before the plot. */
    static int width(String text) {
        return (int) Math.ceil(new TextLayout(text, ChartStyle.TEXT, CONTEXT).getAdvance()) + 2 * GAP;
    }

    @Override
    public void paint(Graphics2D graphics) {
        TextLayout layout = new TextLayout(text, font, CONTEXT);
        double left = Double.isNaN(x)
                ? getXAxisScreenValueForMin() - GAP - layout.getAdvance()
                : getXAxisScreenValue(x) + GAP;
        double baseline = getYAxisScreenValue(y) + (layout.getAscent() - layout.getDescent()) / 2.0;
        Shape outline = layout.getOutline(AffineTransform.getTranslateInstance(left, baseline));
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(color);
        graphics.fill(outline);
        bounds = new Rectangle2D.Double(left, baseline, layout.getAdvance(), layout.getAscent());
    }
}
