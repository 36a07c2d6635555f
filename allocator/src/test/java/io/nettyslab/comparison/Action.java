package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;

/** One call with its arguments drawn, to be made on both sides. */
@FunctionalInterface
interface Action {

    /**
     * Makes the call.
     *
     * @return what can be compared between the sides: the buffer itself for fluent methods, a {@link Derived} for a
     *     new view, otherwise values with a meaningful {@code equals}
     */
    Object on(ByteBuf buffer, Side side) throws Exception;
}
