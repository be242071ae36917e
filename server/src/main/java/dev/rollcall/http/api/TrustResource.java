package dev.rollcall.http.api;

import dev.rollcall.certificates.CertifiedNames;
import dev.rollcall.certificates.LocalCertificates;
import dev.rollcall.certificates.TrustedAuthority;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.problem.Refusals;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Code;
import io.netty.util.NetUtil;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * GET /v1/trust, how devices reach the service over HTTPS with TLS=local; GET /trust/{file} and /trust/qr/{host}, what the page /trust gives
 * them. None needs a key, and none has a secret.
 */
@Path("/")
public final class TrustResource {

    private static final String FILE_NAME = "rollcall-authority";

    private final Trust trust;

    @Inject
    TrustResource(Trust trust) {
        this.trust = trust;
    }

    /**
     * What devices have to trust, and where they find the service.
     *
     * @param certificates empty without TLS=local
     * @param plainPort the port of HTTP
     * @param httpsPort the port of HTTPS, asked only with certificates
     */
    public record Trust(Optional<LocalCertificates> certificates, IntSupplier plainPort, IntSupplier httpsPort) {}

    @Schema(name = "Authority", description = "The certificate authority that devices have to trust")
    record AuthorityView(
            @Schema(description = "The name that devices show")
            String name,

            @Schema(description = "The SHA-256 of its certificate in hexadecimal, with colons")
            String fingerprint,

            @Schema(description = "When it ends; devices have to trust another one then")
            Instant validUntil) {}

    @Schema(name = "HttpsAddress", description = "A name or address of the machine")
    record AddressView(
            @Schema(description = "The name or address") String host,

            @Schema(description = "The service over HTTPS, for devices that trust the authority")
            String https,

            @Schema(description = "The page over HTTP that says how to trust it")
            String trustPage,

            @Schema(description = "The path of a picture of the page's address, a QR code")
            String qr) {

        static AddressView of(String host, int plainPort, int httpsPort) {
            String inUrl = host.contains(":") ? "[" + host + "]" : host;
            return new AddressView(
                    host,
                    "https://" + inUrl + ":" + httpsPort + "/",
                    "http://" + inUrl + ":" + plainPort + "/trust",
                    "/trust/qr/" + host);
        }
    }

    @Schema(name = "Trust", description = "How devices reach the service over HTTPS by its own certificate")
    record TrustView(
            @Schema(description = "Null without TLS=local") @Nullable
            AuthorityView authority,

            @Schema(
                    description =
                            "When the service's certificate ends, which it replaces by itself before; null without TLS=local")
            @Nullable
            Instant validUntil,

            @Schema(description = "How other machines reach it, the best for a tablet first; none without TLS=local")
            List<AddressView> addresses) {

        static TrustView example() {
            return new TrustView(
                    new AuthorityView(
                            "Rollcall at front-desk, 2026-11-26, 3f9a0c",
                            "5B:0C:3A:1E:9D:7F:4C:2B:8A:6E:0D:1F:3C:5B:7A:9E:8D:6C:4B:2A:0F:1E:3D:5C:7B:9A:8F:6E:4D:2C:0B:1A",
                            Instant.parse("2046-11-21T08:00:00Z")),
                    Instant.parse("2027-12-21T08:00:00Z"),
                    List.of(AddressView.of("192.168.1.10", 8000, 8443)));
        }
    }

    @GET
    @Path("v1/trust")
    @Produces(MediaType.APPLICATION_JSON)
    @Call(
            admission = AdmissionClass.ORDINARY,
            scopes = {},
            overPlainHttp = true)
    @NonBlocking
    @Tag(name = "monitoring")
    @Operation(
            operationId = "readTrust",
            summary = "How devices reach the service over HTTPS by its own certificate, with TLS=local")
    public TrustView read() {
        return trust.certificates()
                .map(certificates -> {
                    TrustedAuthority authority = certificates.authority();
                    return new TrustView(
                            new AuthorityView(authority.name(), authority.fingerprint(), authority.validUntil()),
                            certificates.validUntil(),
                            hosts(certificates)
                                    .map(host -> AddressView.of(
                                            host,
                                            trust.plainPort().getAsInt(),
                                            trust.httpsPort().getAsInt()))
                                    .toList());
                })
                .orElseGet(() -> new TrustView(null, null, List.of()));
    }

    /** The names and addresses by which other machines may reach the service: addresses of IPv4 first, since all devices have that. */
    private static Stream<String> hosts(LocalCertificates certificates) {
        CertifiedNames names = certificates.names();
        List<InetAddress> addresses = names.addresses().stream()
                .map(NetUtil::createInetAddressFromIpAddressString)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        return Stream.of(
                        addresses.stream()
                                .filter(address -> address.getAddress().length == 4)
                                .map(NetUtil::toAddressString),
                        names.names().stream().filter(name -> !name.equals("localhost")),
                        addresses.stream()
                                .filter(address -> address.getAddress().length > 4)
                                .map(NetUtil::toAddressString))
                .flatMap(hosts -> hosts);
    }

    @GET
    @Path("trust/{file}")
    @Operation(hidden = true)
    @Call(
            admission = AdmissionClass.FILE,
            scopes = {},
            refuses = Code.NOT_FOUND,
            overPlainHttp = true)
    @NonBlocking
    public Response file(@PathParam("file") String file) {
        TrustedAuthority authority = certificates().authority();
        return switch (file) {
            case FILE_NAME + ".crt" -> download(authority.der(), "application/x-x509-ca-cert", file);
            case FILE_NAME + ".pem" -> download(authority.pem(), "application/x-pem-file", file);
            case FILE_NAME + ".mobileconfig" ->
                Response.ok(TrustProfile.of(authority), "application/x-apple-aspen-config")
                        .build();
            default -> throw new RefusedException(Refusals.notFound());
        };
    }

    /** A file that is saved, since Android's browser can't install it. */
    private static Response download(Object content, String type, String name) {
        return Response.ok(content, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }

    @GET
    @Path("trust/qr/{host}")
    @Operation(hidden = true)
    @Call(
            admission = AdmissionClass.FILE,
            scopes = {},
            refuses = Code.NOT_FOUND,
            overPlainHttp = true)
    @NonBlocking
    public Response qr(@PathParam("host") String host) {
        String known = hosts(certificates())
                .filter(host::equals)
                .findFirst()
                .orElseThrow(() -> new RefusedException(Refusals.notFound()));
        int port = trust.plainPort().getAsInt();
        return Response.ok(QrImage.of(AddressView.of(known, port, port).trustPage()), "image/svg+xml")
                .build();
    }

    private LocalCertificates certificates() {
        return trust.certificates().orElseThrow(() -> new RefusedException(Refusals.notFound()));
    }
}
