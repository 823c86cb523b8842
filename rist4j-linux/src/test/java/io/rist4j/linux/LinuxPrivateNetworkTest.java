package io.rist4j.linux;

import io.rist4j.net.contract.PrivateNetworkContract;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxPrivateNetworkTest extends PrivateNetworkContract {
    LinuxPrivateNetworkTest() {
        super(LinuxPortProvider.class.getName());
    }
}
