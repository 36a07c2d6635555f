/**
 * Netty's own buffer and allocator tests, from the {@code tests} jar of {@code netty-buffer}, run on slab buffers.
 * What is left out, and why, is listed in {@link io.nettyslab.conformance.ConformanceExceptions}, and nowhere else.
 */
package io.nettyslab.conformance;
