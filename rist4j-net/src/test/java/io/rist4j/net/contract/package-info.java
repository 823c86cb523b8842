/** What every kind of datagram port must do; run by the module of each of them. */
@NullMarked
package io.rist4j.net.contract;

import org.jspecify.annotations.NullMarked;
