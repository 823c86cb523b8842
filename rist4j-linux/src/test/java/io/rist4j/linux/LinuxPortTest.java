package io.rist4j.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.net.contract.DatagramPortContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxPortTest extends DatagramPortContract {
    LinuxPortTest() {
        super(new LinuxPortProvider());
    }

    @Test
    void isUsableHere() {
        assertThat(Probe.obstacle()).isEmpty();
    }
}
