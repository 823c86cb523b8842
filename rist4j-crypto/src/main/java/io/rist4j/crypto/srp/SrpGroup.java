package io.rist4j.crypto.srp;

import java.math.BigInteger;

/**
 * A safe prime and a generator.
 *
 * @param modulus N
 * @param generator g
 */
public record SrpGroup(BigInteger modulus, BigInteger generator) {
    /**
     * The 2048-bit group of RFC 5054 Appendix A, which is the default (TR-06-2:2022 §D.3.4.3) and
     * the only one that peers agree on: libRIST 0.2.12 ignores any other in a challenge.
     */
    public static final SrpGroup DEFAULT =
            new SrpGroup(
                    new BigInteger(
                            "ac6bdb41324a9a9bf166de5e1389582faf72b6651987ee07fc3192943db56050"
                                    + "a37329cbb4a099ed8193e0757767a13dd52312ab4b03310dcd7f48a9da04fd50"
                                    + "e8083969edb767b0cf6095179a163ab3661a05fbd5faaae82918a9962f0b93b8"
                                    + "55f97993ec975eeaa80d740adbf4ff747359d041d5c33ea71d281e446b14773b"
                                    + "ca97b43a23fb801676bd207a436c6481f1d2b9078717461a5b9d32e688f87748"
                                    + "544523b524b0d57d5ea77a2775d2ecfa032cfbdbf52fb3786160279004e57ae6"
                                    + "af874e7303ce53299ccc041c7bc308d82a5698f3a8d0c38271ae35f8e9dbfbb6"
                                    + "94b5c803d89f7ae435de236d525f54759b65e372fcd68ef20fa7111f9e4aff73",
                            16),
                    BigInteger.TWO);

    /** Octets of the modulus, and the most that a public value may have. */
    public int bytes() {
        return (modulus.bitLength() + 7) / 8;
    }
}
