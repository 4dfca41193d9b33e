public import AgencyKit
import Contracts
public import LifeEvents

/// How a host sees an agency's code: it offers events and lets timers fire, and knows nothing of the type of its cases.
///
/// A runner belongs to one thread. Subclassed once, by the generic runner that knows the type.
public class AgencyRunner {
    /// Whose code it is.
    public let owner: Owner
    /// The branch that it plays; nil: the owner as a whole.
    public let branch: Branch?
    /// The part of the branch that it plays; nil: the branch as a whole.
    public let section: String?
    /// What it hears: type names with whether annulments are meant, each once.
    public let hears: [(type: EventType, isAnnulment: Bool)]

    init(owner: Owner, branch: Branch?, section: String? = nil, hears: [(type: EventType, isAnnulment: Bool)]) {
        self.owner = owner
        self.branch = branch
        self.section = section
        self.hears = hears
    }

    /// A runner of an agency's code.
    /// - Parameter played: which agencies of the owner it plays; events that concern others are not offered.
    public static func runner(for code: any Agency, playing played: [AgencyID]) -> AgencyRunner {
        func open<Code: Agency>(_ code: Code) -> AgencyRunner { TypedRunner(code, playing: played) }
        return open(code)
    }

    /// The rules, in the order in which they handle one event.
    public var riverDescriptions: [RiverDescription] { [] }

    /// What the owner's branches declare to publish, in the declared order.
    public var publications: [(type: EventType, branch: Branch)] { [] }

    /// The names of the timers that a case may have.
    public var timerNames: [String] { [] }

    /// Holds the rules to what their branches have a right to, from now on.
    /// - Parameters:
    ///   - access: what the contracts allow.
    ///   - rights: the rights of the host's branches, to which the runner adds those of its own.
    func hold(to access: AccessRights, _ rights: inout [ReadingRight]) {}

    /// Offers the event of a handling to the rivers that hear it, for each agency of the owner that it concerns.
    ///
    /// An agency whose handler throws has its case and effects as before, and stands in the handling's failures; each
    /// agency fails for itself.
    /// - Parameters:
    ///   - heard: the place in ``hears`` of the event's type.
    ///   - agencies: those that take part in the world, sorted; others are not offered the event.
    func handle(_ handling: Handling, heard: Int, agencies: [AgencyID]) {}

    /// Notes that an agency has the event of a handling in its keeping: it is away and reads it later, or never acts.
    /// - Returns: whether a branch of it may be told the event; else there is nothing to keep.
    func noteKeeping(_ handling: Handling, heard: Int, by agency: AgencyID) -> Bool { false }

    /// The branches that the event of a handling is for, as far as that can be known before they are told: a branch that
    /// is told only of those on whom it holds a case is among them.
    /// - Parameter runner: the place of this runner in its host.
    func readers(_ handling: Handling, heard: Int, agencies: [AgencyID], runner: Int) -> [HeardReader] { [] }

    /// Notes that the event of a handling is on its way to a branch.
    func noteKept(_ handling: Handling, heard: Int, _ reader: HeardReader) {}

    /// The earliest time at which a timer fires; nil without timers.
    func nextTimer() -> Instant? { nil }

    /// Fires all timers due by the handling's instant, by case and then by (due, name).
    func fireTimers(_ handling: Handling) {}

    /// Gives what a checkpoint must write so that all cases can be restored: the cases changed since the last call, and those
    /// that still stood in the oldest pages, which are then dropped. Nothing is written yet: that is up to who keeps the
    /// pages, and may be done on another thread.
    func takeChanges(_ give: (CasePage) throws -> Void) rethrows {}

    /// Restores the cases of one page; pages come in the order of their numbers.
    /// - Throws: `JSONDecodingError` if it is not this agency's case.
    func restore(page number: Int64, _ value: UnsafeRawBufferPointer) throws {}

    /// All pages have been restored.
    func restored() {}

    /// The timers of a world that have not fired, by due time.
    func pendingTimers(world: Int32) -> [PendingTimer] { [] }

    // MARK: - Cases that are not handled for long

    /// Where cases are put away; to be said before the first.
    /// - Parameters:
    ///   - all: while there are no more cases, all stay in memory.
    ///   - few: of more, so many stay that are not handled for long.
    func putAway(on file: ShelfFile, _ packing: PackingState, all: Int, few: Int) {}

    /// Whether some case could not be put away, since its type has no packed form.
    package var hasRefusedCases: Bool { false }

    /// Puts away what was not handled for long on a day, counted from 1970, where there are too many cases for memory.
    func putAwayIdle(on day: Int) {}

    // MARK: - Programs on standard input

    /// Why a run cannot go on with it; nil: it can.
    var failure: ProgramFailure? { nil }

    /// Whether it is told ahead what it will be offered.
    var asksAhead: Bool { false }

    /// Forgets what was told ahead.
    func beginAhead() {}

    /// Is told of an event that it will be offered, as far as is known before others are handled.
    func prepare(_ handling: Handling, heard: Int, agencies: [AgencyID]) {}

    /// All has been told ahead.
    func askAhead() {}

    /// Forgets all cases of a world that has ended.
    func endWorld(_ world: Int32) {}
}
