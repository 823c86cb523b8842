/** What the {@code rist} command may reach and programs may not; exported to the command alone. */
@NullMarked
package io.rist4j.access;

import org.jspecify.annotations.NullMarked;
