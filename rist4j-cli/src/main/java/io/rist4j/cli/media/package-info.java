/**
 * Where media comes from and goes to beside RIST: files, standard streams, {@code udp://} and
 * {@code rtp://}.
 */
@NullMarked
package io.rist4j.cli.media;

import org.jspecify.annotations.NullMarked;
