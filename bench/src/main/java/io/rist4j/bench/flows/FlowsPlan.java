package io.rist4j.bench.flows;

/**
 * Where the flows go, and how.
 *
 * @param address of the receivers
 * @param query of every URL
 * @param basePort of the first receiver
 * @param flowsPerPort how many share a port and a receiver of many flows; 0 when each has its own
 * @param pumps network threads
 */
record FlowsPlan(String address, String query, int basePort, int flowsPerPort, int pumps) {
    /** On Simple a receiver has two ports. */
    private static final int APART = 2;

    int port(int flow) {
        return basePort + APART * (flowsPerPort == 0 ? flow : flow / flowsPerPort);
    }

    String senderUrl(int flow) {
        return "rist://" + address + ":" + port(flow) + "?flow-id=" + flowId(flow) + "&" + query;
    }

    String receiverUrl(int flow) {
        return "rist://@" + address + ":" + port(flow) + "?" + query;
    }

    static int flowId(int flow) {
        return 2 * (flow + 1);
    }

    static int flow(int flowId) {
        return flowId / 2 - 1;
    }
}
