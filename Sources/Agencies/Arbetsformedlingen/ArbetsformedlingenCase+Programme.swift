import AgencyKit
import LifeEvents

extension ArbetsformedlingenCase {
    /// A fund's decision on benefit: who, since when, for how many days.
    struct FundDecision: Codable, Hashable, Sendable {
        var fund: AgencyID
        var from: Day
        var days: Int?
    }

    /// A labour-market programme: `NONE → ASSIGNED → ENDED`, and in it who was not there: `CLEAN → ASKED → DECIDING`.
    struct Programme: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, assigned, ended

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .assigned), (.ended, .assigned): .assigned
                case (.assigned, .over): .ended
                case (.ended, .notOver): .assigned
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case assigned, over, notOver }

        /// What is asked about an activity that was missed.
        enum Hearing: String, Codable, Sendable {
            case clean, asked, deciding

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: HearingTrigger) -> Hearing? {
                switch (self, trigger) {
                case (.clean, .missed): .asked
                case (.asked, .silent): .deciding
                case (.asked, .excused), (.deciding, .excused), (.deciding, .decided): .clean
                default: nil
                }
            }
        }

        enum HearingTrigger: Sendable { case missed, silent, excused, decided }

        var stage = Stage.none
        var kind = ProgrammeKind.jobDevelopmentGuarantee
        var from: Day = .earliest
        var to: Day = .earliest
        var extent = 100
        var hearing = Hearing.clean
        /// The day that is asked about, and when it was asked.
        var missed: Day = .earliest
        var asked: Day = .earliest
        /// Sanctions that were decided.
        var steps = 0

        /// Whether a day is of the programme.
        func covers(_ day: Day) -> Bool { stage == .assigned && from <= day && day <= to }

        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        @discardableResult
        mutating func take(_ trigger: HearingTrigger) -> Bool {
            guard let next = hearing.after(trigger) else { return false }
            hearing = next
            return true
        }
    }

    /// The programme, as it is told to who asks; nil: none runs.
    var programmePeriods: [ProgrammePeriod]? {
        guard programme.stage == .assigned else { return nil }
        return [
            ProgrammePeriod(kind: programme.kind, from: programme.from, to: programme.to, extent: programme.extent)
        ]
    }

    /// Whether the guarantee may begin: long without work, or so near the end of a period of benefit as days can be used.
    func mayJoinGuarantee(on day: Day, jobless: Int, left: Int, monthDays: Int) -> Bool {
        guard let registration, registration.from.adding(months: jobless) > day else { return registration != nil }
        guard let decision = benefit.head?.value, let days = decision.days else { return false }
        var (used, month) = (0, Month(of: decision.from))
        while month.firstDay < day {
            let (first, last) = (max(month.firstDay, decision.from), min(month.lastDay, day.adding(days: -1)))
            let out =
                IntroductionDays.weekdays(month.firstDay, month.lastDay) - IntroductionDays.weekdays(first, last)
            used += max(0, monthDays - out)
            month = month.next
        }
        return used >= days - left
    }
}
