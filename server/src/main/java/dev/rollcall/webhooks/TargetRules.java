package dev.rollcall.webhooks;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which addresses events may be sent to, so that an endpoint can't make the service call machines of its own network.
 *
 * <p>Sources: the IANA registries of special-purpose IPv4 and IPv6 addresses (RFC 6890), NAT64 (RFC 6052), 6to4 (RFC 3056).
 *
 * @param allowsPrivate whether private networks and this machine are allowed, also over plain HTTP
 */
public record TargetRules(boolean allowsPrivate) {

    /** Most characters of an address. */
    public static final int MAX_LENGTH = 1000;

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int FIRST_FREE_PORT = 1024;
    private static final int LAST_PORT = 65_535;

    /** Of these nothing is ever allowed: they are no hosts, or hosts of the same link, such as the metadata services of clouds. */
    private static final List<Network> NEVER = Network.all(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "100.100.100.200/32",
            "168.63.129.16/32",
            "fd00:ec2::254/128",
            "fd20:ce::254/128");

    private static final List<Network> PRIVATE = Network.all(
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10", "fc00::/7", "::1/128");

    /** The only ones of IPv6 that are routed, and what of it isn't for hosts. */
    private static final List<Network> ROUTED_6 = Network.all("2000::/3");

    private static final List<Network> UNROUTED_6 = Network.all("2001::/23", "2001:db8::/32", "3fff::/20");
    private static final List<Network> NAT64 = Network.all("64:ff9b::/96");
    private static final List<Network> SIX_TO_FOUR = Network.all("2002::/16");
    private static final List<Network> MAPPED = Network.all("::ffff:0:0/96");

    /** How far an address reaches. */
    enum Reach {
        PUBLIC,
        PRIVATE,
        NEVER
    }

    /** A network by its first address and the length of its prefix. */
    private static final class Network {

        private final byte[] address;
        private final int prefix;

        private Network(byte[] address, int prefix) {
            this.address = address;
            this.prefix = prefix;
        }

        static List<Network> all(String... texts) {
            return Arrays.stream(texts).map(Network::parse).toList();
        }

        private static Network parse(String text) {
            int slash = text.indexOf('/');
            try {
                byte[] address = raw(InetAddress.getByName(text.substring(0, slash)), text.contains(":"));
                return new Network(address, Integer.parseInt(text.substring(slash + 1)));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(text, e);
            }
        }

        /** Java makes an IPv4 address of a mapped one. */
        private static byte[] raw(InetAddress address, boolean isIpv6) {
            byte[] bytes = address.getAddress();
            if (!isIpv6 || bytes.length == 16) {
                return bytes;
            }
            byte[] mapped = new byte[16];
            mapped[10] = (byte) 0xff;
            mapped[11] = (byte) 0xff;
            System.arraycopy(bytes, 0, mapped, 12, bytes.length);
            return mapped;
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                int mask = 0x80 >> bit % Byte.SIZE;
                if (((address[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * The address of an endpoint; empty unless it is an https address, or an http one where that is allowed, without a user and
     * a fragment, whose port is the usual one or one from 1024 on. A literal IP address must be allowed; names are resolved later.
     */
    public Optional<URI> parse(String text) {
        if (text.length() > MAX_LENGTH || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return Optional.empty();
        }
        try {
            URI url = new URI(text).parseServerAuthority();
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean isHttps = scheme.equals("https");
            boolean hasForm = (isHttps || (scheme.equals("http") && allowsPrivate))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && isPort(url.getPort(), isHttps ? HTTPS : HTTP);
            return hasForm && isAllowedIfLiteral(url.getHost(), isHttps) ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isPort(int port, int usual) {
        return port == -1 || port == usual || (port >= FIRST_FREE_PORT && port <= LAST_PORT);
    }

    /** A host that ends with a digit or a bracket is read as an address by Java, whatever its form. */
    private boolean isAllowedIfLiteral(String host, boolean isHttps) {
        char last = host.charAt(host.length() - 1);
        if (last != ']' && !Character.isDigit(last)) {
            return !host.equalsIgnoreCase("localhost") || allowsPrivate;
        }
        if (last != ']' && !host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
            return false;
        }
        try {
            return allows(InetAddress.getByName(host), isHttps);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether events may be sent to an address over HTTPS, or over plain HTTP. */
    boolean allows(InetAddress address, boolean overHttps) {
        return switch (reach(address)) {
            case PUBLIC -> overHttps;
            case PRIVATE -> allowsPrivate;
            case NEVER -> false;
        };
    }

    static Reach reach(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (isIn(NEVER, bytes)) {
            return Reach.NEVER;
        }
        if (isIn(PRIVATE, bytes)) {
            return Reach.PRIVATE;
        }
        return address instanceof Inet4Address ? Reach.PUBLIC : reach6((Inet6Address) address, bytes);
    }

    /** An address that leads to an IPv4 address reaches as far as that one. */
    private static Reach reach6(Inet6Address address, byte[] bytes) {
        if (isIn(NAT64, bytes) || isIn(MAPPED, bytes)) {
            return reach(embedded(bytes, 12));
        }
        if (isIn(SIX_TO_FOUR, bytes)) {
            return reach(embedded(bytes, 2));
        }
        boolean isRouted = isIn(ROUTED_6, bytes) && !isIn(UNROUTED_6, bytes) && address.getScopeId() == 0;
        return isRouted ? Reach.PUBLIC : Reach.NEVER;
    }

    private static InetAddress embedded(byte[] bytes, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean isIn(List<Network> networks, byte[] address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
