package dev.rollcall.http.api;

import dev.rollcall.certificates.TrustedAuthority;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** A configuration profile with an authority's certificate, which iPadOS, iOS and macOS install (Apple's "Configuration Profile Reference"). */
final class TrustProfile {

    private TrustProfile() {}

    /** The profile, an XML property list; the same for the same authority, so that it replaces itself. */
    static String of(TrustedAuthority authority) {
        String name = authority.name().replace("&", "&amp;").replace("<", "&lt;");
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
                <plist version="1.0"><dict>
                <key>PayloadType</key><string>Configuration</string>
                <key>PayloadVersion</key><integer>1</integer>
                <key>PayloadIdentifier</key><string>dev.rollcall.trust</string>
                <key>PayloadUUID</key><string>%1$s</string>
                <key>PayloadDisplayName</key><string>%3$s</string>
                <key>PayloadContent</key><array><dict>
                <key>PayloadType</key><string>com.apple.security.root</string>
                <key>PayloadVersion</key><integer>1</integer>
                <key>PayloadIdentifier</key><string>dev.rollcall.trust.authority</string>
                <key>PayloadUUID</key><string>%2$s</string>
                <key>PayloadDisplayName</key><string>%3$s</string>
                <key>PayloadCertificateFileName</key><string>rollcall.crt</string>
                <key>PayloadContent</key><data>%4$s</data>
                </dict></array>
                </dict></plist>
                """.formatted(
                        id(authority, "profile"),
                        id(authority, "authority"),
                        name,
                        Base64.getEncoder().encodeToString(authority.der()));
    }

    private static String id(TrustedAuthority authority, String part) {
        byte[] source = (part + authority.fingerprint()).getBytes(StandardCharsets.US_ASCII);
        return UUID.nameUUIDFromBytes(source).toString();
    }
}
