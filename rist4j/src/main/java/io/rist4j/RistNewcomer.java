package io.rist4j;

import java.net.InetSocketAddress;

/**
 * A peer that asks to come in at a handle that listens.
 *
 * @param peer its address
 * @param cname its canonical name, printable; empty when it has not said. Anybody can claim any
 * @param user the user name that it proved by EAP-SRP; empty without authentication
 */
public record RistNewcomer(InetSocketAddress peer, String cname, String user) {}
