package io.rist4j.session;

import io.rist4j.core.address.Endpoint;

/**
 * A peer that asks to come in.
 *
 * @param peer its address
 * @param canonicalName what it calls itself (SDES CNAME), printable; empty before it said
 * @param user the user name that it proved by EAP-SRP, printable; empty without authentication
 */
public record Newcomer(Endpoint peer, String canonicalName, String user) {}
