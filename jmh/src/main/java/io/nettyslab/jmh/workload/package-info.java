/**
 * What is compared and how good is good enough: the table of workloads, each with its benchmark, its parameters and its
 * target. Presets run what stands here and reports judge by it, so a row is added or a target changed in one place,
 * {@link io.nettyslab.jmh.workload.Workloads}.
 */
package io.nettyslab.jmh.workload;
