public import LifeEvents

/// What an agency remembers of one subject: the only state there is.
public protocol AgencyCase: Codable, Sendable {
    /// A case about which nothing is known.
    init()
}

/// The code that plays an agency, or all agencies of an owner: rivers that hear events, and timers that fall due.
///
/// An agency is a value without a clock, without Kafka and without a database: it turns an event and a case into a new
/// case and effects. The same event, case and instant give the same effects, always.
public protocol Agency: Sendable {
    /// The state for one subject.
    associatedtype Case: AgencyCase
    /// The names of the timers a case may have.
    associatedtype Timer: RawRepresentable<String> & CaseIterable & Sendable

    /// Whose topics the agency writes.
    static var owner: Owner { get }

    /// The branch that the code plays, where an owner's branches are agencies of their own; nil: the owner as a whole.
    ///
    /// Secrecy holds between the branches of one agency as between agencies (OSL 8:2). Branches that are types of their
    /// own have cases of their own, and none can see another's; what they tell each other travels on the bus.
    static var branch: Branch? { get }

    /// Which part of the branch the code plays, where several codes play one branch: each has cases of its own, and their
    /// messages must differ. nil: the branch as a whole.
    static var section: String? { get }

    /// The rules, in the order in which they handle one event.
    var rivers: [River<Self>] { get }

    /// What its branches publish: by rivers and timers, and what a scenario may say in the agency's name.
    static var publications: [Publication] { get }

    /// The rules of law and practice that it goes by, in the order of their numbers.
    static var rules: [LegalRule] { get }

    /// A timer of a case has fallen due.
    /// - Throws: any error; the effects are then discarded and the timer is reported.
    func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws
}

extension Agency {
    /// The owner as a whole.
    public static var branch: Branch? { nil }

    /// The branch as a whole.
    public static var section: String? { nil }

    /// The branch that reads and writes where a rule or a publication names none.
    package static var ownBranch: Branch { branch ?? Branch(whole: owner) }

    /// None is declared.
    public static var rules: [LegalRule] { [] }

    /// Nothing is declared.
    public static var publications: [Publication] { [] }
}

/// For agencies whose cases have no timers.
public enum NoTimer: String, CaseIterable, Sendable {
    /// Never set.
    case never
}

extension Agency where Timer == NoTimer {
    /// Nothing falls due.
    public func due(_ timer: NoTimer, _ state: inout Case, _ effects: inout Effects<NoTimer>) {}
}
