package dev.rollcall.recognition;

/**
 * What a passed challenge gave to a device, in a marking call.
 *
 * @param token the token
 * @param keyHash the SHA-256 of the API key that the call has
 */
public record ChallengeToken(String token, String keyHash) {

    /** Without the token: it is a secret until it is used. */
    @Override
    public String toString() {
        return "ChallengeToken";
    }
}
