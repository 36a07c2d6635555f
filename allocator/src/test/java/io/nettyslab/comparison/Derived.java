package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;

/**
 * A view that a call made of the buffer it was called on.
 *
 * @param buffer the view
 * @param offset where in the buffer it begins
 * @param retained whether the call also retained the buffer
 */
record Derived(ByteBuf buffer, int offset, boolean retained) {}
