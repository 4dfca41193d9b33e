public import AgencyKit
public import LifeEvents

/// Culture and leisure (kultur och fritid) of the municipalities: clubs in the register, times in halls, attendance in
/// counts, and the grant for activities that they make.
///
/// A branch of its own: no other branch sees its cases (OSL 8:2), and who is on a club's board is told to nobody.
public struct KommunAssociations: Agency {
    /// What is remembered of one club, or of the desk that shares the halls out.
    public typealias Case = KommunAssociationsCase

    /// What the branch waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// A club that asked to be registered has been checked.
        case check = "club-check"
        /// The board's mandate is over.
        case board = "club-board"
        /// A time is over by some hours.
        case ended = "hall-ended"
        /// The time to take an offered time is over.
        case offer = "hall-offer"
        /// The desk shares the halls out.
        case allocation = "hall-allocation"
        /// A half-year is over.
        case halfYear = "grant-half-year"
        /// Who has not applied is reminded.
        case reminder = "grant-reminder"
        /// The last day to apply is over.
        case lastDay = "grant-last-day"
        /// The time for the Sports Confederation to answer is over.
        case answer = "grant-answer"
        /// A claim back is decided, or to be paid.
        case claim = "grant-claim"
        /// A grant is decided.
        case decision = "grant-decision"
        /// A grant is paid.
        case payday = "grant-payday"
    }

    /// Writes `kommun.*`.
    public static let owner = Owner.kommun
    /// Culture and leisure.
    public static let branch: Branch? = Branch("fritid")
    /// What it publishes.
    public static let publications = [
        Publication(AssociationRegistration.self, as: branch), Publication(HallBooking.self, as: branch),
        Publication(AssociationAttendance.self, as: branch), Publication(AssociationGrant.self, as: branch),
        Publication(OverlapNeed.self, as: branch), Publication(MunicipalPayment.self, as: branch),
        Publication(BookingWish.self, as: branch), Publication(BookingLeft.self, as: branch),
        Publication(BookingAllocation.self, as: branch), Publication(GrantSample.self, as: branch),
        Publication(ControlOutcome.self, as: branch), Publication(HallClosed.self, as: branch),
        Publication(StatusTile.self, as: branch),
    ]
    /// What it goes by.
    public static var rules: [LegalRule] { AssociationRules.all }

    /// The branch's code.
    public init() {}

    /// What it hears.
    public var rivers: [River<Self>] { clubs + bookings + seasons + meetings + desk + grants + controls }

    /// Something that was waited for.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .check: try Self.register(&state, &effects)
        case .board: try Self.expireBoard(&state, &effects)
        case .ended: try Self.endTimes(&state, &effects)
        case .offer: try Self.endOffers(&state, &effects)
        case .allocation: try Self.allocate(&state, &effects)
        case .halfYear: try Self.forecast(&state, &effects)
        case .reminder: try Self.remind(&state, &effects)
        case .lastDay: try Self.askOverlap(&state, &effects)
        case .answer: try Self.tellSilence(&state, &effects)
        case .claim: try Self.decideClaim(&state, &effects)
        case .decision: try Self.decideGrant(&state, &effects)
        case .payday: try Self.payGrant(&state, &effects)
        }
    }

    /// Who may send a form.
    static func isFiled<Data: ClubFiling>(for scope: MandateScope) -> Condition<Case, Data> {
        Condition("is filed by somebody whose mandate for the club holds") { state, event in
            state.mayAct(event.data.filedBy, scope, on: event.knownOn)
        }
    }
}

/// A form that somebody sends for a club.
protocol ClubFiling: LifeEvent {
    /// Who filed.
    var filedBy: Subject { get }
    /// To which municipality.
    var municipality: String { get }
}

extension AssociationFiling: ClubFiling {}
extension BookingFiling: ClubFiling {}
extension BookingConfirmation: ClubFiling {}
extension BookingCancellation: ClubFiling {}
extension HallUnlock: ClubFiling {}
extension AttendanceFiling: ClubFiling {}
extension ClubGrantFiling: ClubFiling {}
