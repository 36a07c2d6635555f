/**
 * What a folder of results holds: {@code results.json} with the measurements as JMH writes them, {@code header.json}
 * with the machine they come from. Presets write it, reports read it.
 */
package io.nettyslab.jmh.results;
