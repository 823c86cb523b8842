/**
 * What a running command counts, for programs that collect metrics: as text of the Prometheus
 * format, over HTTP.
 */
@NullMarked
package io.rist4j.cli.metrics;

import org.jspecify.annotations.NullMarked;
