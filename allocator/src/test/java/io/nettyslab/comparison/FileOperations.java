package io.nettyslab.comparison;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/** File channels, at a position of the file, which must leave the channel's own position alone. */
final class FileOperations {

    private static final int OWN_POSITION = 5;

    private FileOperations() {}

    static void addTo(Catalogue catalogue) {
        catalogue.add("getBytes", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            int position = arguments.size();
            arguments.touches(index, length);
            return (buffer, side) -> use(side, new byte[0], file -> buffer.getBytes(index, file, position, length));
        });
        catalogue.add("readBytes", arguments -> {
            int length = arguments.readable();
            int position = arguments.size();
            return (buffer, side) -> use(side, new byte[0], file -> buffer.readBytes(file, position, length));
        });
        catalogue.add("setBytes", arguments -> {
            int index = arguments.index(0);
            int length = arguments.length(index);
            byte[] content = arguments.bytes(arguments.size());
            int position = arguments.positionIn(content.length, length);
            arguments.touches(index, length);
            return (buffer, side) -> use(side, content, file -> buffer.setBytes(index, file, position, length));
        });
        catalogue.add("writeBytes", arguments -> {
            int length = arguments.writable();
            byte[] content = arguments.bytes(arguments.size());
            int position = arguments.positionIn(content.length, length);
            return (buffer, side) -> use(side, content, file -> buffer.writeBytes(file, position, length));
        });
    }

    @FunctionalInterface
    private interface Use {
        int of(FileChannel file) throws IOException;
    }

    private static Object use(Side side, byte[] content, Use use) throws IOException {
        FileChannel file = side.file();
        file.truncate(0).write(ByteBuffer.wrap(content), 0);
        file.position(OWN_POSITION);
        int result = use.of(file);
        ByteBuffer after = ByteBuffer.allocate((int) file.size());
        file.read(after, 0);
        return List.of(result, after.flip(), file.position());
    }
}
