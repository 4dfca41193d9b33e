public import LifeEvents

/// A need that a case has asked and what has been answered so far: it is open until all who were asked have answered,
/// or until its time has passed; then the case goes on with what it has and can say what is missing.
///
/// ```swift
/// try effects.ask(SurvivorsNeed(…), for: survivorsPension, in: &state.inquiry)
/// …
/// switch state.inquiry.take(event) {
/// case .complete: …      // all have answered: go on
/// case .waiting: break   // others have not
/// case .notAsked: break  // of another case, or of somebody who was not asked
/// }
/// ```
///
/// A case sets a timer of its own for the need's last day and calls ``close()`` when it fires.
public struct Inquiry: CasePart, Sendable {
    /// What one of those who were asked has said.
    public struct Reply: Codable, Equatable, Sendable {
        /// Who.
        public let party: AgencyID
        /// How it is answered.
        public let status: AnswerStatus
        /// Why it is refused.
        public let refusal: AnswerRefusal?
        /// Facts that are not known there.
        public let missing: [String]
    }

    /// What became of an answer.
    public enum Outcome: Equatable, Sendable {
        /// All have answered.
        case complete
        /// Others have not yet.
        case waiting
        /// It answers nothing that is open here: another case, a party that was not asked or that has answered.
        case notAsked
    }

    /// The case that asked; nil: nothing has been asked.
    public private(set) var caseRef: String?
    /// Who was asked.
    public private(set) var asked: [AgencyID] = []
    /// What has been answered, in the order in which it came.
    public private(set) var replies: [Reply] = []
    /// The last day on which an answer is of use.
    public private(set) var by: Day?
    /// Whether answers are waited for.
    public private(set) var isOpen = false

    /// Nothing has been asked.
    public init() {}

    /// Opens the inquiry that a need begins; an earlier one is forgotten.
    public init(_ need: some NeedEvent) {
        caseRef = need.caseRef
        asked = need.asked
        by = need.by
        isOpen = !need.asked.isEmpty
    }

    /// Whether all who were asked have answered: what one of them says to the case after that adds to its answer.
    public var isAnswered: Bool { !asked.isEmpty && !isOpen && silent.isEmpty }

    /// Who was asked and has not answered.
    public var silent: [AgencyID] { asked.filter { party in !replies.contains { $0.party == party } } }
    /// Who has refused to answer.
    public var refused: [Reply] { replies.filter { $0.status == .refused } }
    /// Facts that some party was asked for and does not know, each once, in the order in which it was said.
    public var missing: [String] {
        var names: [String] = []
        for name in replies.flatMap(\.missing) where !names.contains(name) { names.append(name) }
        return names
    }

    /// Whether an answer is one that is waited for.
    public func awaits(_ answer: some AnswerEvent, from party: AgencyID?) -> Bool {
        guard isOpen, answer.caseRef == caseRef, let party else { return false }
        return silent.contains(party)
    }

    /// Takes an answer.
    public mutating func take<Data: AnswerEvent>(_ event: Event<Data>) -> Outcome {
        guard awaits(event.data, from: event.source), let party = event.source else { return .notAsked }
        replies.append(
            Reply(
                party: party, status: event.data.status, refusal: event.data.refusal,
                missing: event.data.missing ?? []))
        isOpen = !silent.isEmpty
        return isOpen ? .waiting : .complete
    }

    /// Its time has passed: what has not come is no longer waited for.
    public mutating func close() { isOpen = false }
}

extension Effects {
    /// Asks a need about this case's subject and opens the inquiry that collects the answers.
    /// - Throws: as `publish`.
    public mutating func ask(_ need: some NeedEvent, for purpose: Purpose, in inquiry: inout Inquiry) throws {
        try publish(need, purpose: purpose)
        inquiry = Inquiry(need)
    }
}
