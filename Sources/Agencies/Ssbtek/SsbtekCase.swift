public import AgencyKit
import LifeEvents

/// What SSBTEK remembers of one person: which cases are open, and the questions of a day.
public struct SsbtekCase: AgencyCase {
    /// A case of financial aid that is open.
    struct OpenCase: Codable, Equatable, Sendable {
        var asker: AgencyID
        var caseRef: String
    }

    /// A question that sources have not all answered.
    struct Question: Codable, Equatable, Sendable {
        var asker: AgencyID
        var caseRef: String
        /// The applicant, on whose key the municipality's case is.
        var answerTo: Subject
        var asked: [AgencyID]
        var answered: [AgencyID] = []
        var refused: [AgencyID] = []
        var facts: [AidSourceFact] = []
        /// When it is answered with what there is.
        var until: Instant
        var cause: Cause

        /// What sources call it: it names nobody, and not who else is asked.
        var reference: String { "\(asker)-\(caseRef)" }
        /// Who has not answered.
        var silent: [AgencyID] { asked.filter { !answered.contains($0) && !refused.contains($0) } }

        /// Whether a source's answer is waited for.
        func awaits(_ reference: String, from source: AgencyID?) -> Bool {
            guard let source else { return false }
            return reference == self.reference && silent.contains(source)
        }

        /// Takes a source's answer.
        mutating func take(_ answer: some AidSourceAnswer, from source: AgencyID) {
            guard answer.status != .refused else { return refused.append(source) }
            answered.append(source)
            facts += (answer.facts ?? []).map {
                AidSourceFact(
                    source: source, fact: $0.fact, benefit: $0.benefit, amount: $0.amount, month: $0.month,
                    paidOn: $0.paidOn, from: $0.from, to: $0.to)
            }
        }
    }

    var open: [OpenCase] = []
    var questions: [Question] = []

    /// Nothing is asked.
    public init() {}
}
