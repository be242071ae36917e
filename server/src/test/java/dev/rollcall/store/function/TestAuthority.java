package dev.rollcall.store.function;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate authority, and a certificate for {@code localhost} that it signed; all files PEM.
 *
 * @param certificate of the authority
 * @param serverCertificate signed by the authority
 * @param serverKey the private key of the server's certificate
 */
record TestAuthority(Path certificate, Path serverCertificate, Path serverKey) {

    private static final String PASSWORD = "of-the-tests";

    /** The certificate of another authority. */
    static Path certificateOnly(Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        keytool(store, "-genkeypair", "-alias", "authority", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
        Path certificate = folder.resolve("authority.pem");
        keytool(store, "-exportcert", "-alias", "authority", "-rfc", "-file", certificate.toString());
        return certificate;
    }

    static TestAuthority make(Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        Path certificate = certificateOnly(folder);
        keytool(store, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost");
        Path request = folder.resolve("server.csr");
        Path signed = folder.resolve("server.pem");
        keytool(store, "-certreq", "-alias", "server", "-file", request.toString());
        keytool(
                store,
                "-gencert",
                "-alias",
                "authority",
                "-rfc",
                "-ext",
                "SAN=dns:localhost",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString());
        byte[] key = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray())
                .getKey("server", PASSWORD.toCharArray())
                .getEncoded();
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
        Path keyFile = Files.writeString(folder.resolve("server.key"), pem, StandardCharsets.US_ASCII);
        return new TestAuthority(certificate, signed, keyFile);
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + List.of(arguments));
        }
    }
}
