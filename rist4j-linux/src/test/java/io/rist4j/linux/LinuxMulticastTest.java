package io.rist4j.linux;

import io.rist4j.net.contract.MulticastContract;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxMulticastTest extends MulticastContract {
    LinuxMulticastTest() {
        super(new LinuxPortProvider());
    }
}
