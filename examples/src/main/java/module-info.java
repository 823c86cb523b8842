/** Programs that use rist4j, as a module of their own. */
module io.rist4j.examples {
    requires io.rist4j;
    requires io.rist4j.micrometer;
}
