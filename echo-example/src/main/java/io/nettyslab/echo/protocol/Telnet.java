package io.nettyslab.echo.protocol;

/** The bytes of RFC 854, 857 and 858 that the line protocol knows. */
final class Telnet {

    /** Begins a command; two of them are one byte of data. */
    static final int IAC = 255;

    static final int DONT = 254;
    static final int DO = 253;
    static final int WONT = 252;
    static final int WILL = 251;
    static final int SUBNEGOTIATION = 250;
    static final int ERASE_LINE = 248;
    static final int ERASE_CHARACTER = 247;
    static final int ARE_YOU_THERE = 246;
    static final int INTERRUPT = 244;
    static final int SUBNEGOTIATION_END = 240;

    /** Options: who echoes, and that either side may send at any time. */
    static final int ECHO = 1;

    static final int SUPPRESS_GO_AHEAD = 3;

    private Telnet() {}
}
