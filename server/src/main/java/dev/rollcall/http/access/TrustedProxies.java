package dev.rollcall.http.access;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose headers {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are trusted. Each proxy appends the address of its peer to the former;
 * so the list is read from its end as far as the addresses are trusted proxies, and entries that a client made are
 * ignored. Safe for use by several threads.
 */
public final class TrustedProxies {

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private final List<IpSubnetFilterRule> networks;

    private TrustedProxies(List<IpSubnetFilterRule> networks) {
        this.networks = List.copyOf(networks);
    }

    /**
     * Parses addresses and networks like {@code 10.0.0.1}, {@code 10.0.0.0/8}, {@code fd00::/8}.
     *
     * @throws IllegalArgumentException if one is neither; the message names it
     */
    public static TrustedProxies parse(List<String> texts) {
        List<IpSubnetFilterRule> networks = new ArrayList<>();
        for (String text : texts) {
            networks.add(network(text.strip())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "\"" + text.strip() + "\" is neither an address nor a network like 10.0.0.0/8")));
        }
        return new TrustedProxies(networks);
    }

    private static Optional<IpSubnetFilterRule> network(String text) {
        String[] parts = text.split("/", -1);
        InetAddress address = address(parts[0]);
        if (address == null || parts.length > 2 || (parts.length == 2 && !parts[1].matches("\\d{1,3}"))) {
            return Optional.empty();
        }
        int bits = address.getAddress().length * Byte.SIZE;
        int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : bits;
        return prefix <= bits && (bits == IPV4_BITS || bits == IPV6_BITS)
                ? Optional.of(new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT))
                : Optional.empty();
    }

    /**
     * The address of the client behind a connection.
     *
     * @param peer the address at the other end of the connection
     * @param forwarded the values of X-Forwarded-For, in their order
     */
    String client(String peer, List<String> forwarded) {
        if (networks.isEmpty() || forwarded.isEmpty() || !isTrusted(peer)) {
            return peer;
        }
        List<String> hops = new ArrayList<>(List.of(String.join(",", forwarded).split(",", -1)));
        Collections.reverse(hops);
        String client = peer;
        for (String hop : hops) {
            InetAddress address = address(hop.strip());
            if (address == null) {
                return client;
            }
            client = String.valueOf(address.getHostAddress());
            if (!isTrusted(client)) {
                return client;
            }
        }
        return client;
    }

    /**
     * Whether the connection's other end is a trusted proxy to which the client came over TLS.
     *
     * @param schemes the values of X-Forwarded-Proto, in their order; the first one is of the client's own connection
     */
    boolean isSecure(String peer, List<String> schemes) {
        return !schemes.isEmpty()
                && schemes.get(0).split(",", -1)[0].strip().equalsIgnoreCase("https")
                && isTrusted(peer);
    }

    private boolean isTrusted(String text) {
        InetAddress address = address(text);
        return address != null
                && networks.stream().anyMatch(network -> network.matches(new InetSocketAddress(address, 0)));
    }

    /** A literal address, or null if the text is none; no name is resolved. */
    private static @Nullable InetAddress address(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
