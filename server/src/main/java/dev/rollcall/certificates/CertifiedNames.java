package dev.rollcall.certificates;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * The names and addresses that a certificate is for, without repetitions. The best for a tablet comes first.
 *
 * @param names DNS names in lower case
 * @param addresses IP addresses as {@link InetAddress#getHostAddress()} writes them, without a zone
 */
public record CertifiedNames(List<String> names, List<String> addresses) {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    public CertifiedNames {
        names = names.stream().distinct().toList();
        addresses = addresses.stream().distinct().toList();
    }

    /** The names and addresses of a certificate (RFC 5280, 4.2.1.6). */
    static CertifiedNames of(X509Certificate certificate) throws CertificateParsingException {
        List<String> names = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
            if (alternative.get(0).equals(DNS_NAME)) {
                names.add((String) alternative.get(1));
            } else if (alternative.get(0).equals(IP_ADDRESS)) {
                addresses.add(literal((String) alternative.get(1)));
            }
        }
        return new CertifiedNames(names, addresses);
    }

    /** The same form of an address for each way of writing it. */
    static String literal(String address) {
        try {
            return InetAddress.getByAddress(InetAddress.getByName(address).getAddress())
                    .getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address + " is no address", e);
        }
    }

    CertifiedNames onlyNames(Predicate<String> permitted) {
        return new CertifiedNames(names.stream().filter(permitted).toList(), addresses);
    }

    /** Whether these are the same names and addresses, in any order. */
    boolean areThoseOf(CertifiedNames other) {
        return new HashSet<>(names).equals(new HashSet<>(other.names))
                && new HashSet<>(addresses).equals(new HashSet<>(other.addresses));
    }
}
