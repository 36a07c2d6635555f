/**
 * A Netty {@code ByteBufAllocator} backed by contiguous slabs, the first reserved up front, all of them
 * bounded.
 *
 * <p>Only {@code io.nettyslab} is exported; the packages below it are the layers of the implementation, described in
 * that package's documentation.
 */
module io.nettyslab.allocator {
    requires transitive io.netty.buffer;
    requires io.netty.common;

    exports io.nettyslab;
}
