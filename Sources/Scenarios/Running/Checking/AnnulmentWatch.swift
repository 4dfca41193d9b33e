import CitizenStatus
import LifeEvents
import Simulation

/// Watches over one world that an annulment leaves no trace (domain.md 8): no line of a page that stands at the end was
/// caused by a fact that never held, unless it says that something was corrected, or the annulment itself led to it.
///
/// That the final status equals that of the same run without the event cannot be seen in one run. What can be seen is
/// where each line that stands comes from: its causes, one by one, are in the journal. An agency that has answered an
/// annulment has set the line anew, because of the annulment; one that has not has left a line whose nearest cause of which
/// a register has changed its mind is what was annulled.
struct AnnulmentWatch {
    /// A line of a page; see `TileLine`.
    private struct Line: Hashable {
        /// The number of tile and agency in the tables of the run.
        var kind: Int32
        var holder: Subject
        var journey: EventID
        var about: Subject?
    }

    /// The place in the journal of the message that each line stands by; -1 where it says that something was corrected.
    private var lines: [Line: Int32] = [:]
    private var hasAnnulments = false

    /// Takes in a message of the journal.
    mutating func see(_ message: ObservedMessage, at place: Int, _ context: WorldContext) {
        if message.envelope.change == .annulled { hasAnnulments = true }
        guard let (read, code) = TileLine.read(message.envelope, type: message.type, data: message.data) else { return }
        let line = Line(
            kind: context.tables.number(of: CheckTables.TileKind(tile: read.tile, agency: read.agency)),
            holder: read.holder, journey: read.journey, about: read.about)
        lines[line] = code == .corrected || message.envelope.causationID == nil ? -1 : Int32(place)
    }

    /// The lines that stand at the end because of what was annulled, in the order in which they were set.
    func violations(_ context: WorldContext) -> [Violation] {
        guard hasAnnulments else { return [] }
        return lines.values.filter { $0 >= 0 }.sorted().compactMap { violation(Int($0), context) }
    }

    private func violation(_ place: Int, _ context: WorldContext) -> Violation? {
        let journal = context.journal
        var reader = journal[place]
        while let cause = reader.cause.flatMap({ journal.place(of: $0) }) {
            let entry = journal[cause]
            if entry.change == .annulled { return nil }
            if let annulment = journal.annulment(of: cause) {
                return isAnswerable(annulment, by: reader.source, context)
                    && !journal.hasAnother(of: entry, after: cause, before: annulment.id)
                    ? Violation(
                        invariant: .annulmentsUndone, time: annulment.time,
                        text: "\(context.describe(journal[place])) stands, and \(context.describe(entry)), which "
                            + "led to it, was annulled at \(annulment.time.asWritten)")
                    : nil
            }
            reader = entry
        }
        return nil
    }

    /// Whether an agency has been told of an annulment within the run, or has no rule that would hear it.
    private func isAnswerable(_ annulment: WorldJournal.Entry, by agency: AgencyID?, _ context: WorldContext) -> Bool {
        guard let agency, let number = context.agencies.firstIndex(of: agency) else { return false }
        let bit: UInt64 = 1 << UInt64(number)
        return annulment.fate.offered & bit != 0
            || !context.plan.hearers.hearsAnnulments(of: annulment.type, agency: bit)
    }
}
