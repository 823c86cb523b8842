/**
 * What a person sees while a stream runs: log lines, a live view on a terminal, sparklines. Numbers
 * read the same in every locale.
 */
@NullMarked
package io.rist4j.cli.view;

import org.jspecify.annotations.NullMarked;
