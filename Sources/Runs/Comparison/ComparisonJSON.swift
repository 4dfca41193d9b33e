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
