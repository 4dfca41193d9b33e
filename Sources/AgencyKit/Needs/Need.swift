public import LifeEvents

/// A question on the bus (*behov*): `<asker>.need.<name>.v1`.
///
/// It is offered to those in ``asked`` alone. Its purpose is the envelope's attribute, for one topic carries the needs
/// of several cases.
public protocol NeedEvent: LifeEvent {
    /// The asker's case, which the answer repeats.
    var caseRef: String { get }
    /// The facts that are asked for, by the names of the answer's fields.
    var facts: [String] { get }
    /// Who is asked.
    var asked: [AgencyID] { get }
    /// Until when an answer is of use; nil: whenever it comes.
    var by: Day? { get }
}

/// What an agency says to a need (*lösning*): `<answerer>.answer.<name>.v1`, offered to ``asker`` alone.
public protocol AnswerEvent: LifeEvent {
    /// The asker's case.
    var caseRef: String { get }
    /// Who asked.
    var asker: AgencyID { get }
    /// How it is answered.
    var status: AnswerStatus { get }
    /// Why it is refused; nil where it is not.
    var refusal: AnswerRefusal? { get }
    /// Facts that were asked for and are not known; nil: none.
    var missing: [String]? { get }
}

extension Event where Data: NeedEvent {
    /// Whether the need names an agency among the asked.
    public func asks(_ agency: AgencyID) -> Bool { data.asked.contains(agency) }

    /// Why a need may not be answered, by what every answerer must look at: its purpose first, then whether there is
    /// what it is about.
    ///
    /// - Parameters:
    ///   - purpose: the one purpose for which the statute lets the facts flow.
    ///   - hasCase: whether the need names a case, a token or a person of which the answerer knows.
    /// - Returns: nil: it may be answered.
    public func refusal(purpose: Purpose, hasCase: Bool) -> AnswerRefusal? {
        if self.purpose != purpose { return .wrongPurpose }
        return hasCase ? nil : .noOpenCase
    }
}
