import JSON
import LifeEvents
import Planes

extension ComparisonReport {
    /// One object: planes, inputs, metrics by journey and plane, differences, what is assumed.
    public var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("planes")
        writer.beginArray()
        for plane in planes { writer.string(plane.name) }
        writer.endArray()
        writer.key("inputs")
        writer.beginObject()
        writer.key("seed")
        writer.int(Int64(bitPattern: seed))
        writer.key("journeys")
        writer.beginArray()
        for journey in journeys {
            writer.beginObject()
            writer.key("journey")
            writer.string(journey.journey)
            writer.key("lives")
            writer.int(Int64(journey.lives))
            writer.key("from")
            writer.string("\(Stockholm.day(of: journey.begins))")
            writer.key("to")
            writer.string("\(Stockholm.day(of: journey.horizon))")
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        writer.key("metrics")
        writer.beginObject()
        for (place, plane) in planes.enumerated() {
            writer.key(plane.name)
            writer.beginObject()
            for journey in journeys {
                writer.key(journey.journey)
                writer.beginObject()
                for metric in journey.metrics {
                    guard let estimate = journey.estimates[place][metric.key] else { continue }
                    writer.key(metric.key)
                    write(estimate, metric, into: &writer)
                }
                writer.endObject()
            }
            writer.endObject()
        }
        writer.endObject()
        writer.key("differences")
        writer.beginObject()
        for journey in journeys {
            writer.key(journey.journey)
            writer.beginObject()
            for metric in journey.metrics {
                guard let difference = journey.differences[metric.key] else { continue }
                writer.key(metric.key)
                write(difference.estimate, metric, real: difference.verdict, into: &writer)
            }
            writer.endObject()
        }
        writer.endObject()
        writeEquality(into: &writer)
        writeTornado(into: &writer)
        writeFindings(into: &writer)
        writer.key("assumptions")
        writer.beginArray()
        for plane in planes {
            for row in plane.rows {
                writer.beginObject()
                for (key, text) in [
                    ("plane", plane.name), ("row", row.place), ("type", row.type.text), ("channel", row.channel.name),
                    ("numbers", row.channel.numbers), ("mark", row.mark.rawValue), ("source", row.source ?? ""),
                ] {
                    writer.key(key)
                    writer.string(text)
                }
                writer.endObject()
            }
        }
        writer.endArray()
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// How unequal municipalities are, by journey and plane; nothing of a journey in one municipality.
    private func writeEquality(into writer: inout JSONWriter) {
        writer.key("equality")
        writer.beginObject()
        for journey in journeys where Set(journey.homes).count > 1 {
            writer.key(journey.journey)
            writer.beginObject()
            for (name, equality) in zip(journey.planes, journey.equality) {
                guard let equality else { continue }
                writer.key(name)
                writer.beginObject()
                for (key, value) in [("plain", equality.plain), ("byPeople", equality.byPeople)] {
                    writer.key(key)
                    Array(NumberText.fixed(value, 6).utf8).withUnsafeBytes { writer.raw($0) }
                }
                writer.key("municipalities")
                writer.int(Int64(equality.count))
                writer.endObject()
            }
            writer.endObject()
        }
        writer.endObject()
    }

    /// How far each assumed number moves contacts and days, by journey, where it was asked.
    private func writeTornado(into writer: inout JSONWriter) {
        writer.key("tornado")
        writer.beginObject()
        for journey in journeys {
            guard let sensitivity = journey.sensitivity else { continue }
            writer.key(journey.journey)
            writer.beginObject()
            for metric in [Metric.contactsPublic, .days] {
                writer.key(metric.key)
                writer.beginArray()
                for one in sensitivity.ranked(metric.key) {
                    writer.beginObject()
                    for (key, text) in [("number", one.number.title), ("row", one.number.place)] {
                        writer.key(key)
                        writer.string(text)
                    }
                    for (key, value) in [("half", one.low), ("halfAgain", one.high)] {
                        writer.key(key)
                        Array(NumberText.fixed(value, 6).utf8).withUnsafeBytes { writer.raw($0) }
                    }
                    writer.endObject()
                }
                writer.endArray()
            }
            writer.endObject()
        }
        writer.endObject()
    }

    /// What planes do not bring about.
    private func writeFindings(into writer: inout JSONWriter) {
        writer.key("findings")
        writer.beginArray()
        for journey in journeys {
            for finding in journey.findings {
                writer.beginObject()
                for (key, text) in [
                    ("journey", journey.journey), ("plane", finding.plane), ("finding", finding.kind.rawValue),
                    ("what", finding.what),
                ] {
                    writer.key(key)
                    writer.string(text)
                }
                writer.key("lives")
                writer.int(Int64(finding.lives))
                writer.endObject()
            }
        }
        writer.endArray()
    }

    private func write(
        _ estimate: Estimate, _ metric: Metric, real: String? = nil, into writer: inout JSONWriter
    ) {
        writer.beginObject()
        for (key, value) in [("mean", estimate.mean), ("low", estimate.low), ("high", estimate.high)] {
            writer.key(key)
            Array(NumberText.fixed(value, 6).utf8).withUnsafeBytes { writer.raw($0) }
        }
        writer.key("n")
        writer.int(Int64(estimate.count))
        writer.key("censored")
        writer.int(Int64(estimate.censored))
        writer.key("unit")
        writer.string(metric.unit)
        if let real {
            writer.key("real")
            writer.string(real)
        }
        writer.endObject()
    }
}
