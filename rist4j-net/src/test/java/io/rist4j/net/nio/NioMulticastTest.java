package io.rist4j.net.nio;

import io.rist4j.net.contract.MulticastContract;

class NioMulticastTest extends MulticastContract {
    NioMulticastTest() {
        super(new NioPortProvider());
    }
}
