/**
 * Makes a report of results: {@link io.nettyslab.jmh.report.Comparison} joins measurements to the rows of the table,
 * {@link io.nettyslab.jmh.report.Row} judges each, {@link io.nettyslab.jmh.report.ReportWriter} writes the page,
 * {@link io.nettyslab.jmh.report.Charts} draws. The same results always give the same report, byte for byte on the
 * same JDK and fonts.
 */
package io.nettyslab.jmh.report;
