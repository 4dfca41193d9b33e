import LifeEvents
public import Planes
import Terminal

/// A comparison as text, JSON and CSV. Equal inputs give equal bytes.
public struct ComparisonReport: Sendable {
    let journeys: [JourneyComparison]
    let planes: [Plane]
    let seed: UInt64

    /// A report on journeys in planes.
    public init(_ journeys: [JourneyComparison], planes: [Plane], seed: UInt64) {
        self.journeys = journeys
        self.planes = planes
        self.seed = seed
    }

    // MARK: - Text

    /// The tables, one a journey.
    public var text: String { journeys.map { table($0) }.joined(separator: "\n") + "\n" + footnotes }

    private func table(_ journey: JourneyComparison) -> String {
        let names = journey.planes
        var lines = [
            "\(journey.journey) · \(journey.lives) lives, the same in each plane · seed \(seed) · from "
                + "\(Stockholm.day(of: journey.begins)) to \(Stockholm.day(of: journey.horizon))",
            "costs of building, running and law are not counted",
        ]
        let title = names.count > 1 ? "\(names[names.count - 1]) − \(names[0])" : ""
        var table = TextTable(
            [.init("")] + names.map { TextTable.Column($0) } + [.init(title), .init("real?")])
        for metric in journey.metrics {
            let cells = journey.estimates.map { own in own[metric.key].map { cell($0) } ?? "–" }
            let difference = journey.differences[metric.key]
            table.append(
                ["\(metric.title), \(metric.unit)"] + cells + [
                    difference.map { self.difference($0.estimate) } ?? "", difference?.verdict ?? "",
                ])
        }
        var text = lines.removeFirst() + "\n"
        for line in lines { text += line + "\n" }
        text += table.text()
        if !journey.equalPlanes.isEmpty {
            text += "\(journey.equalPlanes.joined(separator: ", ")) = \(names[0]) in every number\n"
        }
        text += equality(journey)
        text += swings(journey)
        if let parting = journey.parting {
            let ways = parting.ways.map { way in
                "\(way.plane) \(way.known.map { "\(Stockholm.local($0))" } ?? "never") (\(way.row))"
            }
            text +=
                "planes part \(Stockholm.local(parting.said)): \(parting.type) → \(parting.reader): "
                + ways.joined(separator: ", ") + "\n"
        }
        return text
    }

    /// How unequal municipalities are, where there are several.
    private func equality(_ journey: JourneyComparison) -> String {
        guard Set(journey.homes).count > 1 else { return "equality p90/p10: not measured, one municipality\n" }
        let cells = zip(journey.planes, journey.equality).map { name, equality in
            guard let equality else {
                return "\(name) not measured (under \(MunicipalEquality.fewestLives) lives each)"
            }
            return "\(name) \(NumberText.fixed(equality.plain, 2)), by people \(NumberText.fixed(equality.byPeople, 2))"
        }
        return "equality p90/p10 of the mean of the lines over \(Set(journey.homes).count) municipalities: "
            + cells.joined(separator: " · ") + "\n"
    }

    /// What moves contacts and days most.
    private func swings(_ journey: JourneyComparison) -> String {
        guard let sensitivity = journey.sensitivity else { return "" }
        var text = ""
        for metric in [Metric.contactsPublic, Metric.days] {
            let ranked = sensitivity.ranked(metric.key).prefix(10).map { one in
                "\(one.number.title) (\(one.number.place)) \(NumberText.short(one.low))…\(NumberText.short(one.high))"
            }
            guard !ranked.isEmpty else { continue }
            text += "\(metric.title) move most (±50 %, \(sensitivity.lives) lives): "
            text += ranked.joined(separator: " · ") + "\n"
        }
        let worlds = sensitivity.worlds
        for metric in [Metric.contactsPublic, Metric.days] {
            let found = worlds.compactMap { $0[metric.key] }.sorted()
            guard let least = found.first, let most = found.last else { continue }
            text += "all assumptions at once, \(counted(worlds.count, "world")): "
            text += "\(metric.title) \(NumberText.short(least))…"
            text += "\(NumberText.short(most)); the sign holds in "
            text += "\(NumberText.fixed(100 * sensitivity.signHolds(metric.key), 0)) %\n"
        }
        return text
    }

    private func cell(_ estimate: Estimate) -> String {
        NumberText.short(estimate.mean) + (estimate.half > 0 ? " ±\(NumberText.short(estimate.half))" : "")
            + (estimate.censored > 0 ? " (\(estimate.censored) cut)" : "")
    }

    private func difference(_ estimate: Estimate) -> String {
        let sign = estimate.mean > 0 ? "+" : estimate.mean < 0 ? "−" : ""
        let number = NumberText.short(estimate.mean.magnitude)
        return estimate.half > 0
            ? "\(sign)\(number) [\(NumberText.short(estimate.low)), \(NumberText.short(estimate.high))]"
            : "\(sign)\(number)"
    }

    private var footnotes: String { notSaid.map { $0 + "\n" }.joined() }

    /// What a reader must know beside every number.
    var notSaid: [String] {
        [
            "Steps of a scenario keep their time in every plane, and handling times are those of the rules: what is "
                + "compared is who learns what when, and what people carry and ask.",
            "stands (1, 3): the paired interval excludes 0 (BCa bootstrap, Holm over metrics) and the difference is worth "
                + "something; how it hangs on assumptions (2, 4) is asked with --sensitivity. cut: lives that the horizon has cut off.",
            "facts given again: by Planes/forms.yaml. Deadlines: those of Planes/deadlines.yaml. The satisfaction proxy is "
                + "fitted to one number: order and direction only.",
        ]
    }

    /// What each plane does not bring about, that comes about where all is told at once and nobody errs.
    public var findings: String {
        var table = TextTable(["journey", "plane", "finding", "what", "lives"].map { .init($0) })
        for journey in journeys {
            for finding in journey.findings {
                table.append([
                    journey.journey, finding.plane, finding.kind.rawValue, finding.what,
                    "\(finding.lives) of \(journey.lives)",
                ])
            }
        }
        return table.text()
    }

    /// What the planes assume: each row with its numbers, mark and source, and what people are like.
    public var assumptions: String {
        var table = TextTable(["plane", "row", "type", "channel", "numbers", "mark", "source"].map { .init($0) })
        for plane in planes {
            for row in plane.rows {
                table.append([
                    plane.name, row.place, row.type.text, row.channel.name, row.channel.numbers, row.mark.rawValue,
                    row.source ?? "",
                ])
            }
            let people = plane.people
            table.append([
                plane.name, people.place, "people", people.hasBehaviour ? "as they are" : "as written",
                "mailbox \(people.mailbox), eId \(people.eID), f1 \(people.incomplete), f2 \(people.wrong), patience "
                    + "\(people.patience), chase \(people.chase)", "A", "mailbox: 5.55 M (2022), Digg and Kivra",
            ])
        }
        return table.text()
    }

    // MARK: - CSV

    /// A row for each journey, metric, plane and life.
    public var csv: String {
        var text = "journey,metric,plane,municipality,replicate,value\n"
        for journey in journeys {
            let livesEach = journey.lives / max(1, Set(journey.homes).count)
            for metric in journey.metrics {
                for (plane, name) in journey.planes.enumerated() {
                    for (life, value) in (journey.values[plane][metric.key] ?? []).enumerated() {
                        guard let value else { continue }
                        let home = journey.homes.indices.contains(life) ? journey.homes[life] : ""
                        let number = life % livesEach + 1
                        text +=
                            "\(journey.journey),\(metric.key),\(name),\(home),\(number),\(NumberText.fixed(value, 6))\n"
                    }
                }
            }
        }
        return text
    }
}
