package io.nettyslab.comparison;

/** Transfers to and from other buffers, of Netty's and of the JDK's, and comparison with them. */
final class BufferOperations {

    private BufferOperations() {}

    static void addTo(Catalogue catalogue) {
        addGets(catalogue);
        addReads(catalogue);
        addSets(catalogue);
        addWrites(catalogue);
        addNio(catalogue);
        addComparisons(catalogue);
    }

    private static void addGets(Catalogue catalogue) {
        catalogue.add("getBytes", arguments -> {
            int index = arguments.index(0);
            Peer target = Peer.target(arguments, arguments.size());
            return (buffer, side) -> target.use(buffer, side, peer -> buffer.getBytes(index, peer));
        });
        catalogue.add("getBytes", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            Peer target = Peer.target(arguments, arguments.sizeFor(length));
            arguments.touches(index, length);
            return (buffer, side) -> target.use(buffer, side, peer -> buffer.getBytes(index, peer, length));
        });
        catalogue.add("getBytes", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            int size = arguments.sizeFor(length);
            Peer target = Peer.target(arguments, size);
            int position = arguments.positionIn(size, length);
            arguments.touches(index, length);
            return (buffer, side) -> target.use(buffer, side, peer -> buffer.getBytes(index, peer, position, length));
        });
    }

    private static void addReads(Catalogue catalogue) {
        catalogue.add("readBytes", arguments -> {
            Peer target = Peer.target(arguments, arguments.sizeFor(arguments.readable()));
            return (buffer, side) -> target.use(buffer, side, buffer::readBytes);
        });
        catalogue.add("readBytes", arguments -> {
            int length = arguments.readable();
            Peer target = Peer.target(arguments, arguments.sizeFor(length));
            return (buffer, side) -> target.use(buffer, side, peer -> buffer.readBytes(peer, length));
        });
        catalogue.add("readBytes", arguments -> {
            int length = arguments.readable();
            int size = arguments.sizeFor(length);
            Peer target = Peer.target(arguments, size);
            int position = arguments.positionIn(size, length);
            return (buffer, side) -> target.use(buffer, side, peer -> buffer.readBytes(peer, position, length));
        });
    }

    private static void addSets(Catalogue catalogue) {
        catalogue.add("setBytes", arguments -> {
            int index = arguments.index(0);
            Peer source = Peer.source(arguments, arguments.size());
            return (buffer, side) -> source.use(buffer, side, peer -> buffer.setBytes(index, peer));
        });
        catalogue.add("setBytes", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            Peer source = Peer.source(arguments, arguments.sizeFor(length));
            arguments.touches(index, length);
            return (buffer, side) -> source.use(buffer, side, peer -> buffer.setBytes(index, peer, length));
        });
        catalogue.add("setBytes", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            int size = arguments.sizeFor(length);
            Peer source = Peer.source(arguments, size);
            int position = arguments.positionIn(size, length);
            arguments.touches(index, length);
            return (buffer, side) -> source.use(buffer, side, peer -> buffer.setBytes(index, peer, position, length));
        });
    }

    private static void addWrites(Catalogue catalogue) {
        catalogue.add("writeBytes", arguments -> {
            Peer source = Peer.otherSource(arguments, arguments.sizeFor(arguments.writable()));
            return (buffer, side) -> source.use(buffer, side, buffer::writeBytes);
        });
        catalogue.add("writeBytes", arguments -> {
            int length = arguments.writable();
            Peer source = Peer.otherSource(arguments, arguments.sizeFor(length));
            return (buffer, side) -> source.use(buffer, side, peer -> buffer.writeBytes(peer, length));
        });
        catalogue.add("writeBytes", arguments -> {
            int length = arguments.writable();
            int size = arguments.sizeFor(length);
            Peer source = Peer.otherSource(arguments, size);
            int position = arguments.positionIn(size, length);
            return (buffer, side) -> source.use(buffer, side, peer -> buffer.writeBytes(peer, position, length));
        });
    }

    private static void addNio(Catalogue catalogue) {
        catalogue.add("getBytes", arguments -> {
            int size = arguments.size();
            int index = arguments.index(size);
            Window target = Window.draw(arguments, size);
            arguments.touches(index, size);
            return (buffer, side) -> target.use(buffer, window -> buffer.getBytes(index, window));
        });
        catalogue.add("readBytes", arguments -> {
            Window target = Window.draw(arguments, arguments.sizeFor(arguments.readable()));
            return (buffer, side) -> target.use(buffer, buffer::readBytes);
        });
        catalogue.add("setBytes", arguments -> {
            int size = arguments.size();
            int index = arguments.index(size);
            Window source = Window.draw(arguments, size);
            arguments.touches(index, size);
            return (buffer, side) -> source.use(buffer, window -> buffer.setBytes(index, window));
        });
        catalogue.add("writeBytes", arguments -> {
            Window source = Window.draw(arguments, arguments.sizeFor(arguments.writable()));
            return (buffer, side) -> source.use(buffer, buffer::writeBytes);
        });
    }

    private static void addComparisons(Catalogue catalogue) {
        catalogue.add("equals", arguments -> {
            Peer other = Peer.source(arguments, arguments.size());
            return (buffer, side) -> other.use(buffer, side, buffer::equals);
        });
        catalogue.add("compareTo", arguments -> {
            Peer other = Peer.source(arguments, arguments.size());
            return (buffer, side) -> other.use(buffer, side, buffer::compareTo);
        });
        catalogue.plain("hashCode", (buffer, side) -> buffer.hashCode());
    }
}
