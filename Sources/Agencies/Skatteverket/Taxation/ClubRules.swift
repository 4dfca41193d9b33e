import AgencyKit
import LifeEvents

/// The rules of a non-profit club's organisation number.
enum ClubRules {
    static let number = LegalRule(
        "H1",
        "a non-profit club gets its number on application with statutes, minutes of founding and of who signs; there is no "
            + "register of clubs or boards",
        source: "SKV-RV 1726; skatteverket.se Starta en ideell förening; lag 1974:174")
    static let handling = DatedRule(
        "organisation-number-handling", "H1", "an application for an organisation number is decided in", .workingDays,
        [.since(2026, 1, 1, 10)], source: "none", mark: .assumption)
    static let supplement = DatedRule(
        "organisation-number-supplement", "H16", "a paper that is missing is sent in within", .workingDays,
        [.since(2026, 1, 1, 20)], source: "none", mark: .assumption)

    /// In the order of their numbers.
    static let all: [LegalRule] = [number, handling.legal, supplement.legal]
}

extension TaxationCase {
    /// A club's number: `NONE → APPLIED → ASSIGNED`, or `SUPPLEMENT` until the papers are whole.
    struct Club: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, applied, supplement, assigned

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .applied), (.supplement, .applied): .applied
                case (.none, .incomplete): .supplement
                case (.applied, .assigned): .assigned
                case (.supplement, .lapsed): TaxationCase.Club.Stage.none
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case applied, incomplete, assigned, lapsed }

        var stage = Stage.none
        /// Where the club has its seat.
        var municipality = ""

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}
