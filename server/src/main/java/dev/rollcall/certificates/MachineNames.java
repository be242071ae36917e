package dev.rollcall.certificates;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The names and addresses by which this machine is reached: those of a setting, the first label of its host name with {@code .local}
 * (multicast DNS), its host name if that has a domain, {@code localhost}, and the addresses of its network interfaces. But for the last
 * name none is a single label: an authority that may sign for {@code shop} may sign for each site below the top-level domain of that
 * name. Safe for use by several threads.
 */
public final class MachineNames {

    /** Most addresses of interfaces in a certificate: 100 of IPv6 take 1.8 kB of each handshake. */
    private static final int MOST_ADDRESSES = 100;

    private static final int LONGEST = 253;
    private static final Pattern NAME =
            Pattern.compile("(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    /** Suffixes like {@code co.uk}, under which a registry gives names to anybody: the usual words before a country's domain. */
    private static final Pattern REGISTRY = Pattern.compile("(ac|co|com|edu|gob|gov|gv|ne|net|or|org)\\.[a-z]{2}");

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*");

    /** Of TEST-NET-1 (RFC 5737), which is reached over the default route. Nothing is sent to it. */
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 9);

    /** Linux' host name of the process, which may change while it runs. */
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private final List<String> given;
    private final Path hostNameFile;

    /**
     * Makes a reader.
     *
     * @param given further names and addresses, each valid by {@link #problem}
     */
    public MachineNames(List<String> given) {
        this(given, HOST_NAME);
    }

    MachineNames(List<String> given, Path hostNameFile) {
        this.given = given.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        this.hostNameFile = hostNameFile;
    }

    /** What is wrong with a text that should be a DNS name or an IP address. */
    public static Optional<String> problem(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (isName(lower)) {
            return isBelowADomain(lower)
                    ? Optional.empty()
                    : Optional.of("\"" + text
                            + "\" is a whole domain of the internet, or may become one: give a name in a domain of"
                            + " yours, like rollcall.lan or rollcall.example.org");
        }
        try {
            if (ADDRESS.matcher(lower).matches()) {
                CertifiedNames.literal(lower);
                return Optional.empty();
            }
        } catch (IllegalArgumentException e) {
            // Neither of them.
        }
        return Optional.of("\"" + text + "\" is neither a name like rollcall.lan nor an address like 192.168.1.10");
    }

    private static boolean isName(String text) {
        return text.length() <= LONGEST && NAME.matcher(text).matches();
    }

    /** Whether others than a domain's owner have no names below this one; only as far as it can be told from the name. */
    private static boolean isBelowADomain(String name) {
        return name.contains(".") && !REGISTRY.matcher(name).matches();
    }

    /** The names that were given. */
    List<String> givenNames() {
        return given.stream().filter(MachineNames::isName).toList();
    }

    /** The host name as the system has it; empty if it is none that a certificate can have. */
    private Optional<String> hostName() {
        try {
            return Optional.of(Files.readString(hostNameFile).strip().toLowerCase(Locale.ROOT))
                    .filter(MachineNames::isName);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The first label of the host name. */
    Optional<String> label() {
        return hostName().map(name -> name.split("\\.", -1)[0]).filter(MachineNames::isName);
    }

    /** The host name if it has a domain. */
    Optional<String> nameWithDomain() {
        return hostName().filter(MachineNames::isBelowADomain);
    }

    /** What they are at this moment. */
    CertifiedNames now() {
        List<String> names = new ArrayList<>(givenNames());
        label().ifPresent(label -> names.add(label + ".local"));
        nameWithDomain().ifPresent(names::add);
        names.add("localhost");
        List<String> addresses = new ArrayList<>(given.stream()
                .filter(Predicate.not(MachineNames::isName))
                .map(CertifiedNames::literal)
                .toList());
        addresses.addAll(ofInterfaces());
        addresses.add("127.0.0.1");
        addresses.add(CertifiedNames.literal("::1"));
        return new CertifiedNames(names, addresses);
    }

    /** The address of the default route first, then those of IPv4. Addresses that need a zone can't be in a certificate. */
    private static List<String> ofInterfaces() {
        Optional<InetAddress> main = ofDefaultRoute();
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(MachineNames::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !needsZone(address))
                    .sorted(Comparator.comparing((InetAddress address) -> !main.equals(Optional.of(address)))
                            .thenComparing(address -> address instanceof Inet6Address)
                            .thenComparing(InetAddress::getHostAddress))
                    .map(address -> CertifiedNames.literal(address.getHostAddress()))
                    .limit(MOST_ADDRESSES)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface networkInterface) {
        try {
            return networkInterface.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean needsZone(InetAddress address) {
        return address instanceof Inet6Address && address.isLinkLocalAddress();
    }

    private static Optional<InetAddress> ofDefaultRoute() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(ELSEWHERE);
            return Optional.of(socket.getLocalAddress());
        } catch (SocketException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
