/**
 * Benchmarks: one class per question, each with a control that does the work without an allocator.
 *
 * <p>{@link io.nettyslab.jmh.AllocatorKind} makes the rivals a parameter, {@link io.nettyslab.jmh.AllocatorUnderTest}
 * holds the one allocator of a trial and checks at the end that every buffer came home,
 * {@link io.nettyslab.jmh.EventLoopBenchmark} gives all of them the same JVM and the same kind of thread. Method,
 * presets and how to read the results: {@code docs/benchmarks.md}.
 */
package io.nettyslab.jmh;
