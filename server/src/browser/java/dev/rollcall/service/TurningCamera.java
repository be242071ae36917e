package dev.rollcall.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The script of a camera that shows a film of a person who turns the head as the service asks. The page's {@code window.obeys} tells how: {@code
 * yes}, {@code other} for another direction than asked, {@code no} for looking straight all the time, {@code gone} for nobody.
 */
final class TurningCamera {

    static final Path FILM = Path.of("../../shared/motion/tranvanluyt_real");

    /** A frame of the film that looks straight. */
    static final int STRAIGHT = 327;

    private static final List<Integer> LOOK_STRAIGHT = List.of(327, 330, 333, 336, 339);

    /** By turn: the frames on the way, those that are held, those on the way back. */
    private static final Map<String, List<List<Integer>>> TURNS = Map.of(
            "left", List.of(List.of(60, 63, 66), List.of(69, 72, 75), List.of(171, 174)),
            "right", List.of(List.of(219, 222, 225, 228), List.of(231, 234, 237), List.of(315, 318)),
            "up", List.of(List.of(432, 435), List.of(480, 483, 486), List.of(489, 492)),
            "down", List.of(List.of(342, 345), List.of(348, 351), List.of(345, 342)));

    /**
     * The film goes on with each answer of the service, so that no frame of a turn is left out, however slow the machine is. Before the
     * first frame of a turn it looks straight three times: a person takes a moment to react.
     */
    private static final String SCRIPT = """
        window.obeys = 'yes';
        window.cameras = 0;
        const film = {%s};
        const straight = %s;
        const turns = {%s};
        const opposite = { left: 'right', right: 'left', up: 'down', down: 'up' };
        let asked = { phase: '', turn: '' };
        let place = 0;
        const toAndFro = (frames, at) => {
          const inside = at %% (2 * (frames.length - 1));
          return frames[inside < frames.length ? inside : 2 * (frames.length - 1) - inside];
        };
        const then = (first, second, at) => at < 0 ? toAndFro(straight, -at) : at < first.length ? first[at] : toAndFro(second, at - first.length);
        const next = () => {
          if (window.obeys === 'no') return toAndFro(straight, place);
          const [way, held, back] = turns[window.obeys === 'other' ? opposite[asked.turn] : asked.turn] ?? [];
          if (asked.phase === 'turn') return then(way, held, place - 3);
          if (asked.phase === 'hold') return toAndFro(held, place);
          if (asked.phase === 'return') return then(back, straight, place);
          return toAndFro(straight, place);
        };
        navigator.mediaDevices.getUserMedia = async () => {
          window.cameras += 1;
          const pictures = {};
          for (const [number, data] of Object.entries(film)) {
            pictures[number] = new Image();
            pictures[number].src = 'data:image/jpeg;base64,' + data;
            await pictures[number].decode();
          }
          const canvas = document.createElement('canvas');
          canvas.width = 960;
          canvas.height = 720;
          const context = canvas.getContext('2d');
          const draw = () => {
            context.fillStyle = '#9aa5a8';
            context.fillRect(0, 0, 960, 720);
            if (window.obeys !== 'gone') context.drawImage(pictures[next()], 278, 0, 404, 720);
          };
          draw();
          setInterval(() => { if (!asked.phase) { place += 1; draw(); } }, 150);
          const real = window.fetch;
          window.fetch = async (...all) => {
            const response = await real(...all);
            if (String(all[0]).includes('/v1/challenges')) {
              const state = await response.clone().json();
              const now = state.done || !state.phase ? { phase: '', turn: '' } : state;
              window.directions = [...window.directions ?? [], now.turn].filter(Boolean);
              place = now.phase === asked.phase ? place + 1 : 0;
              asked = { phase: now.phase, turn: now.turn ?? '' };
              draw();
            }
            return response;
          };
          return canvas.captureStream();
        };
        """;

    private TurningCamera() {}

    static String script() throws IOException {
        Map<Integer, String> pictures = new TreeMap<>();
        for (int frame : LOOK_STRAIGHT) {
            pictures.put(frame, base64(frame));
        }
        for (List<List<Integer>> turn : TURNS.values()) {
            for (List<Integer> part : turn) {
                for (int frame : part) {
                    pictures.put(frame, base64(frame));
                }
            }
        }
        return SCRIPT.formatted(
                pictures.entrySet().stream()
                        .map(picture -> picture.getKey() + ":'" + picture.getValue() + "'")
                        .collect(Collectors.joining(",")),
                LOOK_STRAIGHT,
                TURNS.entrySet().stream()
                        .map(turn -> turn.getKey() + ":" + turn.getValue())
                        .collect(Collectors.joining(",")));
    }

    static byte[] frame(int number) throws IOException {
        return Files.readAllBytes(FILM.resolve("%04d.jpg".formatted(number)));
    }

    private static String base64(int frame) throws IOException {
        return Base64.getEncoder().encodeToString(frame(frame));
    }
}
