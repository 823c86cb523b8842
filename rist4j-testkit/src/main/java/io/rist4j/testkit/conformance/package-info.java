/**
 * Plays a schedule of losses through two sessions and tells what came out, the same on every
 * machine to the byte.
 *
 * <p>A schedule says which transmissions are lost, not how probable that is:
 *
 * {@snippet :
 * // packet 7 and its first retransmission are lost
 * ConformanceResult result = Conformance.run(
 *         ConformanceOptions.defaults(),
 *         DropSchedule.media(7, 1).and(DropSchedule.media(7, 2)));
 * assert result.invariantsHold();
 * assert result.lost() == 0;
 * System.out.print(result.text());
 * }
 */
@NullMarked
package io.rist4j.testkit.conformance;

import org.jspecify.annotations.NullMarked;
