package io.rist4j.net.nio;

import io.rist4j.net.contract.PumpContract;

class NioPumpTest extends PumpContract {
    NioPumpTest() {
        super(NioPortProvider.NAME);
    }
}
