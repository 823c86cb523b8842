package io.rist4j.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Some of a table's paths. */
class PathSetTest {
    @Test
    void growsWithWhatIsPutIn() {
        var set = new PathSet();
        int last = PathTable.MAX_PATHS - 1;
        set.set(3, true);
        set.set(last, true);

        assertThat(set.contains(3)).isTrue();
        assertThat(set.contains(last)).isTrue();
        assertThat(set.contains(last - 1)).isFalse();
        assertThat(set.contains(3 + Long.SIZE)).isFalse();
        set.set(3, false);
        assertThat(set.contains(3)).isFalse();
        assertThat(set.contains(last)).isTrue();
    }

    @Test
    void countsOnlyChanges() {
        var set = new PathSet();
        set.set(300, false);
        assertThat(set.changes()).isZero();
        set.set(300, true);
        set.set(300, true);
        assertThat(set.changes()).isEqualTo(1);
    }

    @Test
    void everyPathIsInAll() {
        assertThat(PathSet.ofAll().contains(PathTable.MAX_PATHS - 1)).isTrue();
    }
}
