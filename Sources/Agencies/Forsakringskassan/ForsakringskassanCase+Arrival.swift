import AgencyKit
import LifeEvents

extension ForsakringskassanCase {
    /// Whether who has moved to Sweden is insured: `UNKNOWN → ASKED → TRIED → INSURED`.
    struct Arrival: CasePart {
        enum Stage: String, Codable, Sendable {
            case unknown, asked, tried, insured
            /// The permit has ended, and it is looked at what that changes.
            case reviewed

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.unknown, .registered): .asked
                case (.asked, .filed): .tried
                case (.tried, .decided): .insured
                case (.insured, .permitEnded): .reviewed
                case (.reviewed, .permitted): .insured
                case (_, .undone): .unknown
                default: nil
                }
            }
        }

        enum Trigger { case registered, filed, decided, permitEnded, permitted, undone }

        /// A child of the household, with our decision on child benefit.
        struct Child: Codable, Equatable, Sendable {
            var person: Subject
            var birthDate: Day?
            var decision = ChainHead()
        }

        var stage = Stage.unknown
        /// The permit, with its first day.
        var permit = FactChain<Day>()
        var family: [Subject] = []
        var immigration = ChainHead()
        var children: [Child] = []

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// Introduction benefit (etableringsersättning): `APPLIED → DECIDED → PAYING`.
    struct IntroductionBenefit: CasePart {
        /// A period that is applied for.
        struct Period: Codable, Equatable, Sendable {
            var from: Day
            var to: Day
            var appliedOn: Day
            var isPaid = false
        }

        /// Days of a month that the Employment Service has told of.
        struct Days: Codable, Equatable, Sendable {
            var month: Month
            var days: Int
        }

        /// The mapping's first day, the programme's first and last.
        var mappedFrom: Day?
        var programmeFrom: Day?
        var endsOn: Day?
        var told: [Days] = []
        var periods: [Period] = []
        var decision = ChainHead()
        /// Whether something has been paid.
        var hasPaid = false

        /// Whether a day is of the mapping or the programme.
        func covers(_ day: Day) -> Bool {
            (mappedFrom ?? programmeFrom).map { $0 <= day } == true && endsOn.map { day <= $0 } ?? true
        }
    }
}
