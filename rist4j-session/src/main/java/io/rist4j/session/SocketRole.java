package io.rist4j.session;

/** What a path uses a socket for; one socket may have several roles. */
public enum SocketRole {
    /** Media, in either direction. */
    MEDIA,
    /** Reports, requests and whatever else is said about the media. */
    CONTROL
}
