package import AgencyKit
public import Hosting
public import LifeEvents
public import Planes

/// What a run is, apart from the citizens in it.
public struct RunSettings: Sendable {
    /// Values of rules that the run sets, by the rules' names (`--set`); empty: each rule has the value of the day.
    public var ruleValues: [String: Int] = [:]
    /// Who learns what by which channel; nil: everybody everything at once, which costs nothing.
    public var plane: Plane?
    /// The seed of all ids and draws.
    public var seed: UInt64
    /// The seeds of the worlds by their numbers, where each has one of its own; empty: all have ``seed``. A world's digest
    /// is then that of a run with its seed. Only for runs whose worlds are all known at the start.
    public var worldSeeds: [UInt64] = []
    /// The grid of instants, milliseconds; one minute by default, one hour for populations.
    public var resolution: Int64
    /// Permutes what is legal (order between subjects, duplicate deliveries) when not 0; the digest may not move.
    public var perturbation: UInt64
    /// The most messages that are handled at once: see ``Slice/mostMessages``.
    public var sliceMessages = Slice.mostMessages
    /// While a code has no more cases than this, all stay in memory, however long they were not handled; what is put away is
    /// read as it was.
    public var casesAtHand = Host.ordinaryAtHand
    /// What is changed of the agencies' rules, as ``RuleMutation`` writes it; nil: nothing.
    package var mutation: RuleMutation?
    /// Messages that no adapter is given, because one trapped on them; each is dead-lettered.
    public var skipped: Set<EventID> = []

    /// Settings with the defaults of the design.
    public init(seed: UInt64 = 1, resolution: Int64 = 60_000, perturbation: UInt64 = 0) {
        self.seed = seed
        self.resolution = resolution
        self.perturbation = perturbation
    }

    /// What effects need to know of the run.
    func effects(on topics: [(name: String, limit: Int)]) -> EffectSettings {
        var effects = EffectSettings(
            seed: seed, resolution: resolution, topics: topics, rules: RuleValues(ruleValues))
        effects.worldSeeds = worldSeeds
        effects.mutation = mutation
        return effects
    }
}

/// A world of the run: state, desks and keys of its own; its digest is the same alone or beside a thousand others.
public struct World: Sendable {
    /// The world's name, for reports.
    public var name: String
    /// The journeys in it.
    public var correlations: [EventID]
    /// The people in it.
    public var persons: [Subject]
    /// The agencies that the run plays in it, sorted.
    public var agencies: [AgencyID]
    /// Agencies that hear and never act, sorted.
    public var silent: [AgencyID]
    /// Agencies that somebody else plays: their records are taken from outside, or spoken by steps.
    public var external: [AgencyID]
    /// The last instant that is played.
    public var until: Instant
    /// What is published from outside.
    public var script: [ScriptedMessage]
    /// What goes wrong in it; nil: nothing, which costs nothing.
    public var faults: FaultPlan?
    /// How many of the first messages of ``script`` say what held before: in a run with a plane everybody knows it who may.
    public var openingCount = 0
    /// What of ``script`` people do when they see a tile, where a plane plays people.
    public var intentions: [Intention] = []
    /// Values that it gives to rules, by the rules' names; those that the run sets come before them.
    public var ruleValues: [String: Int] = [:]

    /// A world by its parts.
    public init(
        name: String, correlations: [EventID], persons: [Subject], agencies: [AgencyID], until: Instant,
        script: [ScriptedMessage], faults: FaultPlan? = nil, silent: [AgencyID] = [], external: [AgencyID] = []
    ) {
        self.silent = silent.sortedOnce()
        self.external = external.sortedOnce()
        self.agencies = agencies.sortedOnce()
        self.name = name
        self.correlations = correlations
        self.persons = persons
        self.until = until
        self.script = script
        self.faults = faults
    }

    /// The ids of what held before.
    var openings: Set<EventID> { Set(script.prefix(openingCount).map(\.id)) }

    /// The ids of what is published from outside, in the script's order.
    var scriptedIDs: [EventID] {
        // A template has them at hand, and they are not copied.
        if case .template(_, let values)? = script.first?.value, values.messages.count == script.count {
            return values.messages
        }
        return script.map(\.id)
    }
}
