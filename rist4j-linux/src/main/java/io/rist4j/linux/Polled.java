package io.rist4j.linux;

/** What a poller waits for: a socket or a network device. */
interface Polled {
    int fd();

    /** It may have something to read. */
    void setReady();

    /** The system says that it has failed. */
    default void setBroken() {
        // a socket tells its errors when it is read
    }

    void close();
}
