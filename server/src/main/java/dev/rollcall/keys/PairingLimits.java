package dev.rollcall.keys;

import java.time.Duration;

/**
 * The limits of pairing. Attempts are counted from the first one on until the window is over.
 *
 * @param window how long attempts are counted
 * @param perNetwork most attempts from the network of one client within a window: more than somebody needs who mistypes a code
 * @param overall most attempts of all clients together within a window
 * @param lifetime how long a code is valid
 * @param mostOpen most codes that are valid at a time; each is compared with every attempt
 */
record PairingLimits(Duration window, int perNetwork, int overall, Duration lifetime, int mostOpen) {

    /**
     * With ten codes open without a break, somebody who uses all attempts from many addresses guesses one with a probability of
     * 100 * 10 / 31^6 in ten minutes, once in 17 years on average.
     */
    static final PairingLimits DEFAULT = new PairingLimits(Duration.ofMinutes(10), 10, 100, Duration.ofMinutes(10), 10);
}
