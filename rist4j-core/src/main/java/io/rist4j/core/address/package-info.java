/** Network addresses as plain values: no sockets, no name resolution. */
@NullMarked
package io.rist4j.core.address;

import org.jspecify.annotations.NullMarked;
