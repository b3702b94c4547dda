package dev.hakoniwa.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a section has measured: a row a measure, a column a subject. A cell of ours holds its median and, in brackets,
/// the median of its ratios to the first peer, round by round. The last column is half of the widest range of the row,
/// in parts of its median.
final class Table {
    private final List<String> ours;
    private final Set<String> subjects = new LinkedHashSet<>();
    private final Map<Measure, Map<String, List<Double>>> rows = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /// Something measured.
    ///
    /// @param target what we want it to be; empty if there is no such thing
    record Measure(String name, Unit unit, String target) {
        Measure(String name, Unit unit) {
            this(name, unit, "");
        }
    }

    Table(List<String> ours) {
        this.ours = ours;
        subjects.addAll(ours);
    }

    void add(Measure measure, String subject, double value) {
        subjects.add(subject);
        rows.computeIfAbsent(measure, _ -> new LinkedHashMap<>())
                .computeIfAbsent(subject, _ -> new ArrayList<>())
                .add(value);
    }

    void note(String text) {
        notes.add(text);
    }

    @Override
    public String toString() {
        var header =
                "| | " + String.join(" | ", subjects) + " | ± | wanted |\n|" + " --- |".repeat(subjects.size() + 3);
        var body = rows.entrySet().stream().map(row -> line(row.getKey(), row.getValue()));
        var remarks = notes.stream().distinct().map(note -> "\n" + note);
        return header + "\n" + body.collect(Collectors.joining("\n")) + "\n"
                + remarks.collect(Collectors.joining("\n"));
    }

    private String line(Measure measure, Map<String, List<Double>> cells) {
        var peer = subjects.stream()
                .filter(subject -> !ours.contains(subject) && cells.containsKey(subject))
                .findFirst();
        var texts = subjects.stream().map(subject -> {
            var values = cells.get(subject);
            if (values == null) {
                return "–";
            }
            var median = measure.unit().write(median(values));
            return ours.contains(subject) && peer.isPresent()
                    ? "%s (%.2f ×)".formatted(median, ratio(values, cells.get(peer.get())))
                    : median;
        });
        var noise = cells.values().stream().mapToDouble(Table::spread).max().orElse(0);
        return "| %s | %s | %s | %s |"
                .formatted(
                        measure.name(),
                        texts.collect(Collectors.joining(" | ")),
                        String.format(Locale.ROOT, "%.0f %%", noise * 100),
                        measure.target());
    }

    private static double ratio(List<Double> ours, List<Double> peers) {
        return median(IntStream.range(0, Math.min(ours.size(), peers.size()))
                .mapToObj(i -> ours.get(i) / peers.get(i))
                .toList());
    }

    private static double spread(List<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[0] == sorted[sorted.length - 1]
                ? 0
                : (sorted[sorted.length - 1] - sorted[0]) / 2 / median(values);
    }

    static double median(List<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
