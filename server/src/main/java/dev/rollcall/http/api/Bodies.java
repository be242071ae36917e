package dev.rollcall.http.api;

import dev.rollcall.keys.Scope;
import dev.rollcall.people.PersonName;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of requests without pictures as the OpenAPI document describes them. The service itself reads bodies field by field while they
 * are received, and never creates these values.
 */
final class Bodies {

    private static final String NAME = "On one line, with visible characters";
    private static final String SITE_OF_KEY = "The site whose marks are made with the key; default if absent";

    private Bodies() {}

    /**
     * A request for a new API key.
     *
     * @param scopes of admin, enroll, recognize, read and directory
     */
    @Schema(name = "NewKeyRequest", description = "A new API key")
    record NewKey(
            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = NAME)
            String name,

            @Schema(implementation = Scope.class, minItems = 1, description = "What the key permits")
            List<String> scopes,

            @Schema(minLength = 1, maxLength = 64, description = SITE_OF_KEY) @Nullable
            String site,

            @Schema(description = "When the key expires; never if absent") @Nullable
            Instant expiresAt) {

        static NewKey example() {
            return new NewKey("kiosk at the entrance", List.of("recognize"), null, null);
        }
    }

    /** A change of a device. */
    @Schema(name = "DeviceChange", description = "The properties of a device that change; others stay as they are")
    record ChangedDevice(
            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = NAME) @Nullable
            String name,

            @Schema(minLength = 1, maxLength = 64, description = "The site whose marks it makes from now on") @Nullable
            String site) {

        static ChangedDevice example() {
            return new ChangedDevice(null, "default");
        }
    }

    /** A request for the code of a new device. */
    @Schema(name = "NewPairingRequest", description = "The device that is to be paired")
    record NewPairing(
            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = NAME)
            String name,

            @Schema(minLength = 1, maxLength = 64, description = SITE_OF_KEY) @Nullable
            String site) {

        static NewPairing example() {
            return new NewPairing("kiosk at the north gate", "default");
        }
    }

    /** The code that a device trades for a key. */
    @Schema(name = "PairingCodeRequest", description = "The code of a pairing")
    record PairingCode(
            @Schema(description = "Six letters and digits; small letters, spaces and hyphens don't matter")
            String code) {

        static PairingCode example() {
            return new PairingCode("7K3MPQ");
        }
    }

    /** A token of a link of the set-up. */
    @Schema(name = "SetupToken", description = "What a link of the set-up has behind its last slash")
    record SetupToken(
            @Schema(description = "The token, which works once")
            String token) {

        static SetupToken example() {
            return new SetupToken("Zq3uVnH0sB8xk2pR7mWc1yTf5dLg9aEo4iJu6hKs0bQ");
        }
    }

    /** A request for a link for a person's phone. */
    @Schema(name = "NewPhoneLinkRequest", description = "What the link for a person's phone is to be like")
    record NewPhoneLink(
            @Schema(
                    minLength = 1,
                    maxLength = 64,
                    description =
                            "The site whose marks the phone makes; that of the person if absent, or else the default one")
            @Nullable
            String site,

            @Schema(
                    maxLength = 300,
                    description = "Where phones reach the service, such as https://rollcall.example.org; the address of"
                            + " this request if absent")
            @Nullable
            String origin) {

        static NewPhoneLink example() {
            return new NewPhoneLink(null, "https://rollcall.example.org");
        }
    }

    /** A token of a link for a phone. */
    @Schema(name = "PhoneToken", description = "What the link for a phone has behind its #")
    record PhoneToken(
            @Schema(description = "The token, which works once")
            String token) {

        static PhoneToken example() {
            return new PhoneToken("kD0sB8xZq3uVn2pR7mWc1yTf5dLg9aEo4iJu6hKs0bQ");
        }
    }

    /** The step that the set-up is at. */
    @Schema(name = "SetupStep", description = "The step that the set-up is at")
    record SetupStep(
            @Schema(minimum = "1", maximum = "5", description = "1 to 4; 5 when it is done")
            int step) {

        static SetupStep example() {
            return new SetupStep(2);
        }
    }

    /** A change of a person. */
    @Schema(name = "PersonChange", description = "The fields of a person that change; others stay as they are")
    record ChangedPerson(
            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = NAME) @Nullable
            String name,

            @Clearable
            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = "A group of people; null for none")
            @Nullable
            String group,

            @Clearable
            @Schema(
                    minLength = 1,
                    maxLength = PersonName.MAX_LENGTH,
                    description = "The person's id in another system, which no other person has; null for none")
            @Nullable
            String externalId,

            @Schema(description = "Whether the person is recognised and marked") @Nullable
            Boolean active,

            @Clearable
            @Schema(
                    minLength = 1,
                    maxLength = 64,
                    description = "The only site where the person is recognised; null for every site")
            @Nullable
            String site) {

        static ChangedPerson example() {
            return new ChangedPerson(null, "night shift", "E-1042", true, null);
        }
    }
}
