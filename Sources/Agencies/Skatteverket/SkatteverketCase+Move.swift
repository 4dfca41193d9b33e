import AgencyKit
import LifeEvents

extension SkatteverketCase {
    /// A notice of a move, from its arrival to the decision, and the last move that was decided.
    struct Relocation: CasePart {
        enum Stage: String, Codable, Sendable {
            case idle
            /// RECEIVED: whole, decided some days later.
            case received
            /// The dwelling's number is asked for.
            case incomplete
            /// CONSENT_ASKED: the other guardian is to answer.
            case consentAsked

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (_, .notified): .received
                case (_, .notifiedWithoutDwelling): .incomplete
                case (_, .notifiedByOneGuardian): .consentAsked
                case (.incomplete, .dwellingTold), (.incomplete, .lastDayPassed): .received
                case (.consentAsked, .refused), (.consentAsked, .lastDayPassed), (.received, .decided): .idle
                case (.idle, .lapsed): nil
                case (_, .lapsed): .idle
                default: nil
                }
            }
        }

        enum Trigger: Sendable {
            /// What a notice lacks, when it comes and when the other guardian has agreed.
            case notified, notifiedWithoutDwelling, notifiedByOneGuardian
            case dwellingTold, refused, lastDayPassed, decided
            /// Overtaken: by a death, by leaving the country, by custody that its filers have no longer.
            case lapsed
        }

        struct Notice: Codable, Equatable, Sendable {
            var to: String
            var addressRef: String
            /// Whether the dwelling's number is told, not needed, or asked for in vain.
            var hasDwelling: Bool
            var moveDate: Day
            var noticeDate: Day
            /// Who has filed or consented.
            var agreed: [Subject]
            /// When the stage is left.
            var decidesOn: Instant
            /// Who lets the dwelling, where the notice says so.
            var lessor: AgencyID?

            /// Whether another notice says the same, the dwelling's number apart.
            func says(_ data: MoveNotice) -> Bool {
                to == data.toMunicipality && addressRef == data.addressRef && moveDate == data.moveDate
            }
        }

        struct Decided: Codable, Equatable, Sendable {
            var chain: ChainHead
            var from: String
            var to: String
            var moveDate: Day
            var effectiveDate: Day
            var addressRef: String?
            var lessor: AgencyID?
            /// Who has filed or consented.
            var filedBy: [Subject] = []
            /// Whether an officer's decision was told to the person, who lived then.
            var isTold = false
        }

        private(set) var stage = Stage.idle
        var notice: Notice?
        var decided: Decided?
        /// Whether a child has filed the last move itself.
        var isOwnMove = false
        /// Only a notice of the person's own counts.
        var isBlocked = false

        init() {}

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// Whether the person is under an age on a day; nobody is of whom the register has no date of birth.
    func isUnder(_ age: Int, on day: Day) -> Bool {
        register.birthDate.map { $0.adding(months: age * 12) > day } ?? false
    }

    /// Who is told of what concerns the person: a child's guardians, about the child; else the person.
    func isChild(on day: Day) -> Bool { isUnder(SkatteverketRules.ageOfMajority, on: day) }
}
