public import AgencyKit
import LifeEvents

/// What culture and leisure remembers of one club; of a desk: who wishes for which times.
public struct KommunAssociationsCase: AgencyCase {
    @Part var club: Club
    @Part var times: Times
    @Part var activity: Activity
    @Part var desk: HallDesk

    /// Nothing.
    public init() {}

    /// Who may act for the club on a day.
    func mayAct(_ person: Subject, _ scope: MandateScope, on day: Day) -> Bool {
        club.mandates.mayAct(person, scope, on: day)
    }
}

extension KommunAssociationsCase {
    /// A club in the register: `NONE → CHECK → ACTIVE ⇄ BOARD_EXPIRED → CLOSED`.
    struct Club: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, check, active, boardExpired, closed

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .filed), (.closed, .filed): .check
                case (.none, .adopted): .active
                case (.check, .checked), (.boardExpired, .boardKnown): .active
                case (.active, .boardExpired): .boardExpired
                case (.check, .closed), (.active, .closed), (.boardExpired, .closed): .closed
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case filed, adopted, checked, boardExpired, boardKnown, closed }

        var stage = Stage.none
        /// Whether it has an organisation number, as the Tax Agency says.
        var hasNumber = false
        var mandates = ClubMandates()
        var federation: SportsFederation?
        var isEligible = false
        var boardUntil: Day?

        init() {}

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        /// Whether the register has it: bookings stay also while nobody signs for it (H3).
        var isRegistered: Bool { stage == .active || stage == .boardExpired }
    }

    /// The meetings of a club, and what is paid for them.
    struct Activity: CasePart {
        var meetings: [ClubMeeting] = []
        var grants: [Grant] = []
        /// What was paid too much for a former half-year, SEK: the next is less by it.
        var setOff = 0
        /// When the Sports Confederation was asked last.
        var askedOn: Day?
        var claim: Recovery?
        /// The half-year that the claim is of.
        var claimed: HalfYear?

        init() {}

        func place(of bookingId: String, _ date: Day) -> Int? {
            meetings.firstIndex { $0.bookingId == bookingId && $0.date == date }
        }

        func meetings(of period: HalfYear) -> [ClubMeeting] { meetings.filter { period.contains($0.date) } }
    }

    /// A grant for a half-year: `COLLECTING → DUE → SUBMITTED → CONTROLLED → DECIDED → PAID`.
    struct Grant: Codable, Equatable, Sendable {
        enum Stage: String, Codable, Sendable {
            case due, submitted
            /// The lists are to be shown on the spot.
            case controlled
            case decided, paid
            /// It came too late, or the club is no more.
            case refused

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.due, .filed): .submitted
                case (.submitted, .drawn): .controlled
                case (.due, .refused), (.submitted, .refused), (.controlled, .refused): .refused
                case (.submitted, .decided), (.controlled, .decided): .decided
                case (.decided, .paid): .paid
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case filed, drawn, refused, decided, paid }

        var period: HalfYear
        var stage = Stage.due
        /// SEK, once it is decided.
        var amount = 0
        var inquiry = Inquiry()
        /// How many participations are counted in another club, as far as it is known.
        var duplicates = 0
        /// What a control has found; nil: nothing yet.
        var control: Control?
        /// The decision, which a later answer corrects.
        var decision = ChainHead()

        /// What an officer has found in the lists.
        struct Control: Codable, Equatable, Sendable {
            var shown: Bool
            var missing: Int
        }

        /// How many participations are taken away.
        var deducted: Int { duplicates + (control?.missing ?? 0) }

        /// Why it is another sum than what the counts give.
        var reason: GrantReason? {
            if let control, !control.shown || control.missing > 0 { return .control }
            return duplicates > 0 ? .overlap : nil
        }

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        /// The reference by which it is asked about.
        var caseRef: String { "grant-\(period.text)" }
    }
}
