import AgencyKit
import LifeEvents

extension KommunElderCareCase {
    /// A stay in hospital, as the hospital tells of it.
    struct Stay: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, noticed, ready, home

            /// Where what the hospital says leads; nil: it does nothing here.
            func after(_ state: DischargeState) -> Stage? {
                switch (self, state) {
                case (.none, .admitted), (.home, .admitted): .noticed
                case (.noticed, .ready): .ready
                case (.ready, .withdrawn): .noticed
                case (.noticed, .discharged), (.ready, .discharged): .home
                default: nil
                }
            }
        }

        private(set) var stage = Stage.none
        /// What was told last.
        var chain = ChainHead()
        var caseRef: String?
        var region: AgencyID?
        /// From when the municipality pays, once the patient is ready.
        var payFrom: Day?
        /// What the plan says that help is needed with.
        var needs: [NeedArea] = []
        /// Whether home help rests meanwhile.
        var pauses = false

        init() {}

        /// Whether the person is in hospital.
        var isInHospital: Bool { stage == .noticed || stage == .ready }

        /// Moves if what the hospital says leads anywhere.
        @discardableResult
        mutating func take(_ state: DischargeState) -> Bool {
            guard let next = stage.after(state) else { return false }
            stage = next
            return true
        }
    }

    /// A service from the application until it has begun.
    struct Request: Codable, Equatable, Sendable {
        enum Stage: String, Codable, Sendable {
            case applied, granted, queued, offered, accepted, rejected, started
            /// CEASED before it began.
            case ended

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.applied, .granted), (.rejected, .granted): .granted
                case (.applied, .rejected): .rejected
                case (.granted, .queued), (.offered, .passed): .queued
                case (.queued, .offered): .offered
                case (.offered, .accepted): .accepted
                case (.granted, .started), (.accepted, .started), (.queued, .started): .started
                case (.applied, .ended), (.granted, .ended), (.queued, .ended), (.offered, .ended), (.accepted, .ended):
                    .ended
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case granted, rejected, queued, offered, passed, accepted, started, ended }

        var service: ElderCareService
        private(set) var stage = Stage.applied
        /// The stage before it ended: what an annulled death gives back.
        private(set) var before: Stage?
        /// The first day on which it is wanted, then from which it is granted.
        var from: Day
        /// When it is decided, then when it was.
        var decidedOn: Day
        /// What has been said of it last.
        var chain = ChainHead()
        /// The last day to answer an offer.
        var answerBy: Day?
        /// Since when it queues.
        var since: Day?
        /// From when the offered place is free.
        var offeredFrom: Day?
        /// Whether an offer has been declined.
        var isDeclined = false
        /// Whether it has been reported to IVO.
        var isReported = false
        /// Why it ended before it began.
        var reason: ElderCareReason?

        init(_ service: ElderCareService, from: Day, decidedOn: Day) {
            self.service = service
            self.from = from
            self.decidedOn = decidedOn
        }

        /// Whether it waits for something.
        var isOpen: Bool {
            switch stage {
            case .applied, .granted, .queued, .offered, .accepted: true
            case .rejected, .started, .ended: false
            }
        }

        /// Whether it is granted and has not begun.
        var isGranted: Bool { isOpen && stage != .applied }

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            before = stage
            stage = next
            return true
        }

        /// Whether it ended with an offer that nobody had answered.
        var wasOffered: Bool { stage == .ended && before == .offered }

        /// Goes back to where it stood when it ended; an offer has passed meanwhile.
        mutating func restore() {
            guard stage == .ended, let before else { return }
            stage = before == .offered || before == .accepted ? .queued : before
            reason = nil
        }
    }

    /// What the person pays.
    struct Fee: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, asked, set
        }

        /// Why a decision differs from the one before.
        enum Reason: String, Codable, Sendable {
            case supplementCounts, incomeChanged
        }

        var stage = Stage.none
        var inquiry = Inquiry()
        /// From when the first fee counts.
        var from: Day?
        /// Kronor a month; nil: none is set yet.
        var amount: Int?
        var supplement = 0
        /// Why the next decision differs.
        var reason = Reason.incomeChanged
        /// What the next decision will be.
        var next: Int?
        /// Whether a guarantee pension has been told of, and is asked about.
        var asksGuarantee = false
        /// The pension's decisions that were told.
        var decisions: [ChainHead] = []
        /// What the Pensions Agency has answered, and what the person says.
        var told: Income?
        var own: Income?

        init() {}
    }

    /// What a fee is reckoned by, kronor a month.
    struct Income: Codable, Equatable, Sendable {
        /// Before tax.
        var pension: Int
        var supplement: Int

        var sum: Int { pension + supplement }
    }

    /// A case of a decision that is appealed.
    struct Appealed: Codable, Equatable, Sendable {
        var caseRef: String
        var service: ElderCareService
    }

    /// What is asked for and granted here, beside what has begun.
    struct Care: CasePart {
        var stay = Stay()
        var requests: [Request] = []
        var fee = Fee()
        var mandates = KnownMandates()
        var permits = KnownConsents()
        var appeals: [Appealed] = []
        /// Whether the alarm tells the position.
        var tellsPosition = false
        /// The answer of another municipality, before a move.
        var inquiry = Inquiry()
        /// What it has told of.
        var hadElsewhere: [ElderCareService] = []
        /// The municipality that has offered its case here.
        var offeredBy: String?
        /// The report to the chief guardian.
        var report = ChainHead()

        init() {}

        func place(of service: ElderCareService, _ stages: Request.Stage...) -> Int? {
            requests.lastIndex { $0.service == service && stages.contains($0.stage) }
        }
    }

    /// Whether a service goes on that was there before anything was asked for here: its fee was set before.
    var hasOlderService: Bool { care.requests.isEmpty && services.contains { $0.stage != .ended } }

    /// Whether something is had or asked for here.
    var isKnownHere: Bool { isOpen || care.stay.stage != .none || !care.requests.isEmpty }

    /// Who sees the page beside the person: nobody once the person is dead.
    func viewers(on day: Day) -> [Subject] { death.holds ? [] : care.mandates.viewers(on: day) }

    /// Whether somebody may act.
    func mayAct(_ person: Subject, for subject: Subject, on day: Day) -> Bool {
        person == subject || !death.holds && care.mandates.mayAct(person, on: day)
    }
}
