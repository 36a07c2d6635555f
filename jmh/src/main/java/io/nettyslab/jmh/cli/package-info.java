/** The command line of the jar: presets, reports, and JMH's own command line behind everything else. */
package io.nettyslab.jmh.cli;
