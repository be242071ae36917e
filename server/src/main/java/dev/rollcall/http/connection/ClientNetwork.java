package dev.rollcall.http.connection;

/** The network of one client, for limits by client. */
public final class ClientNetwork {

    private static final int IPV6_PREFIX_PARTS = 4;

    private ClientNetwork() {}

    /**
     * The network of an address: an IPv4 address itself, or the first 64 bits of an IPv6 address, since one client usually
     * has a /64 network.
     */
    public static String of(String address) {
        String[] parts = address.split(":", -1);
        return parts.length <= IPV6_PREFIX_PARTS ? address : String.join(":", parts[0], parts[1], parts[2], parts[3]);
    }
}
