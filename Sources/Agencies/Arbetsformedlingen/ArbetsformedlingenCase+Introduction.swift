import AgencyKit
import LifeEvents

extension ArbetsformedlingenCase {
    /// The introduction: `REFERRED → CALLED → MAPPED → PROGRAMME → MONTH n → EXIT`.
    struct Introduction: CasePart {
        enum Stage: String, Codable, Sendable {
            case none
            /// Has a permit for the introduction, and is not registered in Sweden.
            case referred
            /// Has registered here, and waits for the population register.
            case waiting
            /// Is called to a meeting.
            case called
            case mapped
            case programme
            case ended

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .permitted), (.ended, .permitted): .referred
                case (.referred, .filed): .waiting
                case (.referred, .registered): .called
                case (.waiting, .registered), (.called, .filed): .mapped
                case (.mapped, .decided): .programme
                case (.mapped, .over), (.programme, .over): .ended
                case (.referred, .unpermitted), (.waiting, .unpermitted), (.called, .unpermitted): Stage.none
                default: nil
                }
            }
        }

        enum Trigger { case permitted, filed, registered, decided, over, unpermitted }

        /// Days of a month on which somebody was not there without a reason.
        struct Absence: Codable, Equatable, Sendable {
            var month: Month
            var days: Int
        }

        var stage = Stage.none
        var permit = ChainHead()
        /// The registration in Sweden, and where.
        var immigration = ChainHead()
        var municipality: String?
        /// The mapping's first day; then the programme's first and last.
        var from: Day?
        var to: Day?
        /// The next month to tell of.
        var next: Month?
        var absences: [Absence] = []

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        /// The municipality that is told.
        var concerns: [AgencyID]? { municipality.map { Kommun.named($0) } }
        var isOpen: Bool { stage == .mapped || stage == .programme }
        /// Whether the duties are those of the introduction, not of a job-seeker.
        var isCalled: Bool { stage == .referred || stage == .called }
    }
}
