package io.rist4j.net.nio;

import io.rist4j.net.contract.PrivateNetworkContract;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NioPrivateNetworkTest extends PrivateNetworkContract {
    NioPrivateNetworkTest() {
        super(NioPortProvider.class.getName());
    }
}
