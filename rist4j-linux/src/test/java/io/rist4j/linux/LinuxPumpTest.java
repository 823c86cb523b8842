package io.rist4j.linux;

import io.rist4j.net.contract.PumpContract;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxPumpTest extends PumpContract {
    LinuxPumpTest() {
        super(LinuxPortProvider.NAME);
    }
}
