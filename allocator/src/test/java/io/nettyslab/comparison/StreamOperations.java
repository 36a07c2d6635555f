package io.nettyslab.comparison;

import java.util.List;

/** Streams and channels that give and take a few bytes at a time, end early, or are closed. */
final class StreamOperations {

    private StreamOperations() {}

    static void addTo(Catalogue catalogue) {
        addOutput(catalogue);
        addInput(catalogue);
    }

    private static void addOutput(Catalogue catalogue) {
        catalogue.add("getBytes", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            arguments.touches(index, length);
            return (buffer, side) -> {
                Drip target = new Drip(new byte[0], Integer.MAX_VALUE, true);
                Object returned = buffer.getBytes(index, target.output(), length);
                return List.of(Outcome.valueOf(returned, buffer), target.written());
            };
        });
        catalogue.add("getBytes", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            int most = arguments.size();
            boolean open = !arguments.oneIn(8);
            arguments.touches(index, length);
            return (buffer, side) -> {
                Drip target = new Drip(new byte[0], most, open);
                return List.of(buffer.getBytes(index, target, length), target.written());
            };
        });
        catalogue.add("readBytes", arguments -> {
            int length = arguments.readable();
            return (buffer, side) -> {
                Drip target = new Drip(new byte[0], Integer.MAX_VALUE, true);
                Object returned = buffer.readBytes(target.output(), length);
                return List.of(Outcome.valueOf(returned, buffer), target.written());
            };
        });
        catalogue.add("readBytes", arguments -> {
            int length = arguments.readable();
            int most = arguments.size();
            boolean open = !arguments.oneIn(8);
            return (buffer, side) -> {
                Drip target = new Drip(new byte[0], most, open);
                return List.of(buffer.readBytes(target, length), target.written());
            };
        });
    }

    private static void addInput(Catalogue catalogue) {
        catalogue.add("setBytes", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            byte[] source = arguments.bytes(arguments.size());
            int most = arguments.size() + 1;
            arguments.touches(index, length);
            return (buffer, side) -> {
                Drip drip = new Drip(source, most, true);
                return List.of(buffer.setBytes(index, drip.input(), length), drip.given());
            };
        });
        catalogue.add("setBytes", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            byte[] source = arguments.bytes(arguments.size());
            int most = arguments.size() + 1;
            boolean open = !arguments.oneIn(8);
            arguments.touches(index, length);
            return (buffer, side) -> {
                Drip drip = new Drip(source, most, open);
                return List.of(buffer.setBytes(index, drip, length), drip.given());
            };
        });
        catalogue.add("writeBytes", arguments -> {
            int length = arguments.writable();
            byte[] source = arguments.bytes(arguments.size());
            int most = arguments.size() + 1;
            return (buffer, side) -> {
                Drip drip = new Drip(source, most, true);
                return List.of(buffer.writeBytes(drip.input(), length), drip.given());
            };
        });
        catalogue.add("writeBytes", arguments -> {
            int length = arguments.writable();
            byte[] source = arguments.bytes(arguments.size());
            int most = arguments.size() + 1;
            boolean open = !arguments.oneIn(8);
            return (buffer, side) -> {
                Drip drip = new Drip(source, most, open);
                return List.of(buffer.writeBytes(drip, length), drip.given());
            };
        });
    }
}
