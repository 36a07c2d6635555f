package io.nettyslab.jmh.report;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Writes drawings as small as PNG gets, because reports are kept in the repository. A chart has few colours, and the
 * shades between them at the edges of letters, so a palette of the most frequent ones looks the same at half the size.
 */
final class Png {

    private static final int COLOURS = 64;
    private static final int INDEX_BITS = 8;
    private static final int RGB = 0xffffff;

    private Png() {}

    static void write(BufferedImage drawing, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam smallest = writer.getDefaultWriteParam();
        smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        smallest.setCompressionQuality(0f);
        try (OutputStream bytes = Files.newOutputStream(file);
                ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(withPalette(drawing), null, null), smallest);
        } finally {
            writer.dispose();
        }
    }

    private static BufferedImage withPalette(BufferedImage drawing) {
        int width = drawing.getWidth();
        int height = drawing.getHeight();
        int[] pixels = drawing.getRGB(0, 0, width, height, null, 0, width);
        int[] palette = palette(pixels);
        IndexColorModel colours =
                new IndexColorModel(INDEX_BITS, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage indexed = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colours);
        byte[] indexes = ((DataBufferByte) indexed.getRaster().getDataBuffer()).getData();
        Map<Integer, Integer> nearest = new HashMap<>();
        for (int i = 0; i < pixels.length; i++) {
            indexes[i] = i > 0 && pixels[i] == pixels[i - 1] // most are
                    ? indexes[i - 1]
                    : nearest.computeIfAbsent(pixels[i] & RGB, colour -> nearest(colour, palette))
                            .byteValue();
        }
        return indexed;
    }

    /** The most frequent colours; of equally frequent ones always the same. */
    private static int[] palette(int[] pixels) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int from = 0, to = 0; from < pixels.length; from = to) {
            while (to < pixels.length && pixels[to] == pixels[from]) {
                to++;
            }
            counts.merge(pixels[from] & RGB, to - from, Integer::sum);
        }
        List<Map.Entry<Integer, Integer>> byCount = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        return byCount.stream().limit(COLOURS).mapToInt(Map.Entry::getKey).toArray();
    }

    private static int nearest(int colour, int[] palette) {
        int best = 0;
        for (int i = 1; i < palette.length; i++) {
            if (distance(colour, palette[i]) < distance(colour, palette[best])) {
                best = i;
            }
        }
        return best;
    }

    private static int distance(int a, int b) {
        int red = (a >> 16 & 0xff) - (b >> 16 & 0xff);
        int green = (a >> 8 & 0xff) - (b >> 8 & 0xff);
        int blue = (a & 0xff) - (b & 0xff);
        return red * red + green * green + blue * blue;
    }
}
