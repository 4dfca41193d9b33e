import AgencyKit
import Hosting
import LifeEvents

/// What checks are told and no journal has, kept with a run's checkpoints: which rules have refused a message, and which
/// agency of a place has said one about a protected person. Whoever goes on must know it of what was played before.
///
/// Holds what came since the last checkpoint; a run that nobody checks, or that has no store, makes none.
struct CheckNotes {
    /// A rule's refusal.
    struct Refusal {
        var agency: AgencyID
        var river: String
        var world: Int32
        var sentences: [String]
    }

    /// What is noted of a message.
    struct Notes {
        var speaker: AgencyID?
        var refusals: [Refusal] = []
    }

    private enum Kind: Int64 {
        case speaker
        case refusal
    }

    private var unsaved: [[UInt8]] = []
    private var nextRow: Int64 = 0
    /// While a run goes on: what was kept of each message.
    private var kept: [EventID: Notes] = [:]

    /// Notes what became of a message at a river, if that refused it.
    mutating func note(_ message: EventID, _ report: RiverReport) {
        guard case .notWhole(let sentences) = report.outcome else { return }
        var writer = Self.writer(.refusal, message, report.agency)
        Self.text(report.river, into: &writer)
        writer.number(Int64(report.world))
        writer.number(Int64(sentences.count))
        for sentence in sentences { Self.text(sentence, into: &writer) }
        unsaved.append(writer.bytes)
    }

    /// Notes who has said a message, which the journal has without the number of the place.
    mutating func note(_ message: EventID, from speaker: AgencyID) {
        unsaved.append(Self.writer(.speaker, message, speaker).bytes)
    }

    private static func writer(_ kind: Kind, _ message: EventID, _ agency: AgencyID) -> StateWriter {
        var writer = StateWriter()
        writer.number(kind.rawValue)
        text("\(message)", into: &writer)
        text("\(agency)", into: &writer)
        return writer
    }

    private static func text(_ text: String, into writer: inout StateWriter) {
        Array(text.utf8).withUnsafeBytes { writer.text($0) }
    }

    // MARK: - Checkpoints

    /// Rows for what no checkpoint has.
    mutating func changes() -> [(row: Int64, value: [UInt8])] {
        defer {
            nextRow += Int64(unsaved.count)
            unsaved = []
        }
        return unsaved.enumerated().map { (nextRow + Int64($0.offset), $0.element) }
    }

    /// Takes a row of a checkpoint; false if it cannot be read.
    mutating func restore(row: Int64, _ value: UnsafeRawBufferPointer) -> Bool {
        var reader = StateReader(value)
        func text() -> String? { reader.text().map { String(decoding: $0, as: UTF8.self) } }
        guard let kind = reader.number().flatMap({ Kind(rawValue: $0) }),
            let id = reader.text().flatMap({ EventID(utf8: $0) }), let agency = text().flatMap({ AgencyID($0) })
        else { return false }
        nextRow = max(nextRow, row + 1)
        switch kind {
        case .speaker: kept[id, default: Notes()].speaker = agency
        case .refusal:
            guard let river = text(), let world = reader.number().flatMap({ Int32(exactly: $0) }),
                let count = reader.number(), 0...Int64(value.count) ~= count
            else { return false }
            var sentences: [String] = []
            for _ in 0..<count {
                guard let sentence = text() else { return false }
                sentences.append(sentence)
            }
            kept[id, default: Notes()].refusals.append(
                Refusal(agency: agency, river: river, world: world, sentences: sentences))
        }
        return true
    }

    /// What was kept of a message that is shown again.
    mutating func take(_ message: EventID) -> Notes {
        guard !kept.isEmpty else { return Notes() }
        // order-free: the value of one key
        return kept.removeValue(forKey: message) ?? Notes()
    }

    /// All was shown again.
    mutating func forget() { kept = [:] }
}
