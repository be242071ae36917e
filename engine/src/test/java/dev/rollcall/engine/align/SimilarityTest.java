package dev.rollcall.engine.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.rollcall.engine.Point;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;

class SimilarityTest {

    private static final List<Point> POINTS =
            List.of(new Point(0, 0), new Point(30, 2), new Point(14, 20), new Point(4, 35), new Point(27, 36));

    @Property
    void fit_findsTheAppliedSimilarity(
            @ForAll @FloatRange(min = -3.1f, max = 3.1f) float angle,
            @ForAll @FloatRange(min = 0.1f, max = 10) float scale,
            @ForAll @FloatRange(min = -500, max = 500) float shift) {
        Similarity motion =
                new Similarity((float) (scale * Math.cos(angle)), (float) (scale * Math.sin(angle)), shift, -shift / 2);

        Similarity found = Similarity.fit(POINTS, moved(motion));

        assertThat(found.a()).isCloseTo(motion.a(), offset(2e-3f));
        assertThat(found.b()).isCloseTo(motion.b(), offset(2e-3f));
        assertThat(found.shiftX()).isCloseTo(motion.shiftX(), offset(0.05f));
        assertThat(found.shiftY()).isCloseTo(motion.shiftY(), offset(0.05f));
    }

    @Property
    void inverse_undoesTheSimilarity(
            @ForAll @FloatRange(min = 0.2f, max = 5) float a, @ForAll @FloatRange(min = -5, max = 5) float b) {
        Similarity motion = new Similarity(a, b, 12, -7);

        List<Point> there = moved(motion);
        Similarity back = motion.inverse();

        for (int i = 0; i < POINTS.size(); i++) {
            Point point = moved(back, there.get(i));
            assertThat(point.x()).isCloseTo(POINTS.get(i).x(), offset(0.01f));
            assertThat(point.y()).isCloseTo(POINTS.get(i).y(), offset(0.01f));
        }
    }

    private static List<Point> moved(Similarity motion) {
        return POINTS.stream().map(point -> moved(motion, point)).toList();
    }

    private static Point moved(Similarity motion, Point point) {
        return new Point(
                motion.a() * point.x() - motion.b() * point.y() + motion.shiftX(),
                motion.b() * point.x() + motion.a() * point.y() + motion.shiftY());
    }
}
