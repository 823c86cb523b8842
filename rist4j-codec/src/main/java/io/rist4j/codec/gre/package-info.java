/**
 * The tunnel of the Main profile: GRE over UDP, and what it carries (VSF TR-06-2:2022 §5, §7.6;
 * buffer negotiation as libRIST does it).
 *
 * <p>A datagram is taken apart in layers, so that a path's guard fits between them: {@link
 * io.rist4j.codec.gre.GreHeader} reads what is always in clear, the guard opens the body, {@link
 * io.rist4j.codec.gre.TunnelReader} tells what the body is, and media and control in it go to the
 * readers of {@code rtp} and {@code rtcp} as they would in the Simple profile. Writing goes the
 * other way: {@link io.rist4j.codec.gre.Encapsulation} and the messages write the body behind the
 * room that the header needs, the guard seals it and writes the header.
 *
 * <p>Formats are static and work in place, by absolute index, on big-endian buffers; positions and
 * limits are neither used nor changed. Readers trust no length and answer with a {@link
 * io.rist4j.core.message.Verdict}; writers expect room for what they write. Nothing allocates,
 * except where a peer's words are kept ({@link io.rist4j.codec.gre.PeerCapabilities}).
 */
@NullMarked
package io.rist4j.codec.gre;

import org.jspecify.annotations.NullMarked;
