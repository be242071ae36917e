package dev.rollcall.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of reports. */
final class Charts {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 460;
    private static final double FROM = -0.2;
    private static final double TO = 1;
    private static final double STEP = 0.01;

    private Charts() {}

    /** Receiver operating characteristic: true match rate over false match rate. */
    static XYChart roc(AllPairs pairs) {
        List<Double> fmr = new ArrayList<>();
        List<Double> tmr = new ArrayList<>();
        for (double similarity = FROM; similarity < TO; similarity += STEP) {
            if (pairs.impostorsFrom(similarity) > 0) {
                fmr.add(0, pairs.fmr(similarity));
                tmr.add(0, 1 - pairs.fnmr(similarity));
            }
        }
        XYChart chart = chart("ROC", "false match rate", "true match rate");
        chart.getStyler().setXAxisLogarithmic(true);
        line(chart, "all pairs", fmr, tmr);
        return chart;
    }

    /** Detection error trade-off: false non-match rate over false match rate, both in powers of ten. */
    static XYChart det(AllPairs pairs) {
        List<Double> fmr = new ArrayList<>();
        List<Double> fnmr = new ArrayList<>();
        for (double similarity = FROM; similarity < TO; similarity += STEP) {
            if (pairs.impostorsFrom(similarity) > 0 && pairs.fnmr(similarity) > 0) {
                fmr.add(0, pairs.fmr(similarity));
                fnmr.add(0, pairs.fnmr(similarity));
            }
        }
        XYChart chart = chart("DET", "false match rate", "false non-match rate");
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        line(chart, "all pairs", fmr, fnmr);
        return chart;
    }

    /** The distributions of genuine and impostor similarities. */
    static XYChart histogram(AllPairs pairs) {
        List<Double> similarities = new ArrayList<>();
        List<Double> genuine = new ArrayList<>();
        List<Double> impostors = new ArrayList<>();
        double width = 2 * STEP;
        for (double from = -0.4; from < TO; from += width) {
            similarities.add(from + width / 2);
            genuine.add(pairs.fnmr(from + width) - pairs.fnmr(from));
            impostors.add(pairs.fmr(from) - pairs.fmr(from + width));
        }
        XYChart chart = chart("Similarities", "similarity", "part of the pairs");
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
        line(chart, "different people", similarities, impostors);
        line(chart, "one person", similarities, genuine);
        return chart;
    }

    /** Detection error trade-off of liveness scores: living faces refused over attacks of all kinds that pass, in percent. */
    static XYChart attacks(Map<String, Verification> scores) {
        XYChart chart = chart("DET", "attacks that pass, %", "living faces refused, %");
        scores.forEach((name, rates) -> {
            List<Double> passing = new ArrayList<>();
            List<Double> refused = new ArrayList<>();
            for (double threshold = 1; threshold > -STEP / 2; threshold -= STEP / 2) {
                passing.add(100 * rates.fmr(threshold));
                refused.add(100 * rates.fnmr(threshold));
            }
            line(chart, name, passing, refused);
        });
        return chart;
    }

    /** Memory of the service and its database over the number of recognitions. */
    static XYChart memory(List<Double> recognitions, List<Double> service, List<Double> database) {
        XYChart chart = chart("Memory", "recognitions", "MB");
        chart.getStyler().setYAxisMin(0.0);
        line(chart, "service (RSS)", recognitions, service);
        line(chart, "embedded database (PSS)", recognitions, database);
        return chart;
    }

    private static XYChart chart(String title, String x, String y) {
        return new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
    }

    private static void line(XYChart chart, String name, List<Double> x, List<Double> y) {
        if (!x.isEmpty()) {
            chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE);
        }
    }
}
