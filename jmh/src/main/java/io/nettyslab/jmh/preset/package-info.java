/**
 * Runs the table of workloads, or the part of it that a {@link io.nettyslab.jmh.preset.Preset} measures, on one JDK and
 * one collector, and writes down beside the results what machine and what build they come from.
 */
package io.nettyslab.jmh.preset;
