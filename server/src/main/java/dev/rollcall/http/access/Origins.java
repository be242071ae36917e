package dev.rollcall.http.access;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The web origins whose pages may call the service.
 *
 * @param origins each like {@code https://kiosk.example.com} or {@code http://localhost:5173}
 */
public record Origins(List<String> origins) {

    private static final Pattern FORM = Pattern.compile("https?://[A-Za-z0-9.-]+(:\\d{1,5})?");

    public Origins {
        origins = List.copyOf(origins);
        for (String origin : origins) {
            if (!FORM.matcher(origin).matches()) {
                throw new IllegalArgumentException("\"" + origin + "\" is no origin like https://kiosk.example.com");
            }
        }
    }
}
