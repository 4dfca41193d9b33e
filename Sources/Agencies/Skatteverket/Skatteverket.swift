public import AgencyKit
public import LifeEvents

/// Skatteverket's population register (folkbokföring). Estates of the dead are ``SkatteverketEstates``, taxes
/// ``SkatteverketTaxation``.
public struct Skatteverket: Agency {
    /// What is remembered of one person.
    public typealias Case = SkatteverketCase

    /// What the agency waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// A notified birth is registered, or custody by an act before the birth; on the mother.
        case birth
        /// The parents' fourteen days are over; on the child.
        case parenthood
        /// The other parent, or joint custody, is registered; on the child.
        case registration
        /// The months in which to notify a name, or the time of the reminder, are over; on the child.
        case naming
        /// A name that was notified has been tested; on the child.
        case nameTest = "name-test"
        /// A judgment can no longer be appealed; on the child.
        case judgment
        /// A child's parents are told who has custody; on the child.
        case guardians
        /// A certified death is registered.
        case death
        /// A funeral's certificate is made out.
        case burial
        /// A stillborn child's certificate is made out; on the mother.
        case stillbirthCertificate = "stillbirth-certificate"
        /// The last day to bury is over.
        case overdue
        /// A move is decided, or what is asked for has not come.
        case move
        /// Somebody who leaves the country is deregistered.
        case emigration
        /// The time of an order or a visit of a control is over, or a false move is annulled.
        case control
        /// Somebody whom nobody could find has had no known home for so long as to be missing.
        case missing
        /// A case that the court has sent back is decided again.
        case retrial
        /// A notice of a move to Sweden is decided.
        case immigration
        /// An identity card is ready.
        case idCard = "id-card"
    }

    /// Whose topics it writes.
    public static let owner = Owner.skatteverket

    /// The branch.
    public static var branch: Branch? { register }
    static let register = Branch("folkbokforing")

    /// What its branches publish; the entries and identities of the register are said by scenarios.
    public static let publications = [
        Publication(RegisterEntry.self, as: register), Publication(Birth.self, as: register),
        Publication(Identity.self, as: register), Publication(ParenthoodMissing.self, as: register),
        Publication(FamilyRelation.self, as: register), Publication(Death.self, as: register),
        Publication(CivilStatusChange.self, as: register), Publication(Move.self, as: register),
        Publication(StatusTile.self, as: register), Publication(Protection.self, as: register),
        Publication(PublicDeath.self, as: register), Publication(EstateHeirs.self, as: register),
        Publication(ChildOfParent.self, as: register),
        Publication(GuideToken.self, as: register),
        Publication(BurialCertificate.self, as: register), Publication(BurialOverdue.self, as: register),
        Publication(SurvivorsAnswer.self, as: register), Publication(DeathProofAnswer.self, as: register),
        Publication(Deregistration.self, as: register), Publication(ParentDied.self, as: register),
        Publication(SurnameForChild.self, as: register), Publication(GuardianMissing.self, as: register),
        Publication(ParentFacts.self, as: register), Publication(ChildGuardians.self, as: register),
        Publication(PartnerRepresentative.self, as: register),
        Publication(RegisterControl.self, as: register), Publication(ResidentAsked.self, as: register),
        Publication(RegisterTurn.self, as: register), Publication(TenancyNeed.self, as: register),
        Publication(SentAppeal.self, as: register), Publication(ResidencePeriodsAnswer.self, as: register),
        Publication(Immigration.self, as: register),
    ]

    /// What it goes by.
    public static var rules: [LegalRule] {
        BirthRules.all + MoveRules.all + DeathRules.all + [RetirementRules.residenceAge.legal, GodManConsumer.knows]
            + ArrivalRules.ofRegister
    }

    /// The agency.
    public init() {}

    /// What it hears: what the register holds, then from birth to death.
    public var rivers: [River<Self>] {
        registerEntries + birthNotices + desk + stillbirths + expectedChildren + guardians + births + ownChildren
            + guardianless
            + custodyOfChildren
            + parenthood + parentFacts + judgments + names + controls + moves + appeals + deaths + otherCertificates
            + burials + proofs
            + residence + arrivals
            + GodManConsumer.rivers(
                Self.self, as: Self.register, "Skatteverket",
                more: " Anmäl särskild postadress om du vill ha posten.",
                for: [.guardRights, .manageProperty, .careForPerson])
    }

    /// A deadline has passed or a handling time is over.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .birth: try Self.registerBirths(&state, &effects)
        case .parenthood: try Self.alertFamilyLaw(&state, &effects)
        case .registration: try Self.registrationDue(&state, &effects)
        case .naming: try Self.nameDue(&state, &effects)
        case .nameTest: try Self.nameTested(&state, &effects)
        case .judgment: try Self.judgmentsDue(&state, &effects)
        case .guardians: try Self.tellParents(&state, &effects)
        case .death: try Self.registerDeath(&state, &effects)
        case .burial: try Self.certifyBurial(&state, &effects)
        case .stillbirthCertificate: try Self.certifyStillbirths(&state, &effects)
        case .overdue: try Self.tellOverdue(&state, &effects)
        case .move: try Self.moveDue(&state, &effects)
        case .emigration: try Self.departureDue(&state, &effects)
        case .control: try Self.controlDue(&state, &effects)
        case .missing: try Self.deregisterMissing(&state, &effects)
        case .retrial: try Self.decideAgain(&state, &effects)
        case .immigration: try Self.decideArrival(&state, &effects)
        case .idCard: try Self.handOutCard(&state, &effects)
        }
    }

    /// Nothing begins for the dead.
    static func isAlive<Data>() -> Condition<Case, Data> {
        Condition("is alive") { state, _ in state.death.stage != .dead }
    }

    /// Who is protected is handled by named staff, never on the bus.
    static func isOpen<Data>() -> Condition<Case, Data> {
        Condition("has no protected data") { state, _ in !state.register.isProtected }
    }

    /// Nothing can be changed for one whom nobody has registered, or who is registered no longer.
    static func isRegistered<Data>() -> Condition<Case, Data> {
        Condition("is registered in a municipality") { state, _ in state.residence != nil }
    }

    /// M3: the person; from 16 a child itself; the guardians of a child; a god man in scope, a power of attorney.
    static func mayFile<Data>(_ filer: Subject, _ state: Case, _ event: Event<Data>) -> Bool {
        guard filer != event.subject else {
            return !state.isUnder(event.value(of: MoveRules.ownAge), on: event.knownOn)
        }
        guard state.isChild(on: event.knownOn) else {
            return state.representatives.mayAct(filer, on: event.knownOn)
        }
        return state.child.guardians.contains(filer)
    }

    /// A fact without predecessor.
    static func isNew<Data>() -> Condition<Case, Data> {
        Condition("is a new fact") { _, event in event.isNew }
    }

    /// A correction of the head that the case holds; one of an older head, or of one we don't know, is nobody's.
    static func corrects<Data, Value>(
        _ chain: @escaping @Sendable (Case) -> FactChain<Value>
    ) -> Condition<Case, Data> {
        Condition("corrects what we hold") { state, event in event.corrects(chain(state)) }
    }

    /// An annulment of the head that the case holds.
    static func annuls<Data, Value>(
        _ chain: @escaping @Sendable (Case) -> FactChain<Value>
    ) -> Condition<Case, Data> {
        Condition("annuls what we hold") { state, event in event.annuls(chain(state)) }
    }
}
