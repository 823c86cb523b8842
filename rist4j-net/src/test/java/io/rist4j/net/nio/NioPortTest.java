package io.rist4j.net.nio;

import io.rist4j.net.contract.DatagramPortContract;

class NioPortTest extends DatagramPortContract {
    NioPortTest() {
        super(new NioPortProvider());
    }
}
