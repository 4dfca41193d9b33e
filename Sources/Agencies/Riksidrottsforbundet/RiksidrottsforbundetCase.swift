public import AgencyKit
import LifeEvents

/// What the confederation remembers of one club: no person but who may apply for it.
public struct RiksidrottsforbundetCase: AgencyCase {
    /// A support for a half-year: `DUE → SUBMITTED → PAID`.
    struct Support: Codable, Equatable, Sendable {
        enum Stage: String, Codable, Sendable {
            case due, submitted, paid

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.due, .filed): .submitted
                case (.submitted, .paid): .paid
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case filed, paid }

        var period: HalfYear
        var stage = Stage.due
        /// How many participations another club has counted, by the confederation's own register.
        var duplicates = 0

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    var mandates = ClubMandates()
    /// Whether it has an organisation number.
    var hasNumber = false
    /// Whether a municipality has it in its register: its attendance comes from there.
    var isRegistered = false
    var meetings: [ClubMeeting] = []
    var supports: [Support] = []

    /// Nothing.
    public init() {}

    /// The support for a half-year.
    func place(of period: String) -> Int? { supports.firstIndex { $0.period.text == period } }

    /// The support that is sent in and not decided, by what a municipality calls it.
    func placeSubmitted(_ caseRef: String) -> Int? {
        supports.firstIndex { $0.stage == .submitted && "grant-\($0.period.text)" == caseRef }
    }
}
