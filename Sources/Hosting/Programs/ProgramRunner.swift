import AgencyKit
public import Contracts
import JSON
public import LifeEvents

/// Runs a program on standard input as the code of an agency: one rule, which hears all that the contracts let it read.
final class ProgramRunner: CaseRunner {
    private let player: ProgramPlayer
    private let desk: ProgramDesk
    private let cases: TypedCaseStorage<ProgramCase>
    private let types: [EventType]

    /// - Throws: ``ProgramFailure`` if the program does not begin.
    init(_ player: ProgramPlayer, hears all: [EventType], playing played: [AgencyID]) throws {
        let greeting = ProgramQuestion.greeting(player, played: played.sorted(), hears: all)
        let process = ProgramProcess(player, greeting: greeting)
        types = try Self.heard(try process.start() ?? [], of: all, player)
        let storage = TypedCaseStorage<ProgramCase>()
        let desk = ProgramDesk(player, process: process, cases: storage)
        self.player = player
        self.desk = desk
        cases = storage
        let heard = types.flatMap { [(type: $0, isAnnulment: false), (type: $0, isAnnulment: true)] }
        let branch = player.branch ?? Branch(whole: player.owner)
        super.init(
            owner: player.owner, branch: player.branch, hears: heard,
            hearings: heard.map { heard in
                let rule = HeardRiver(Self.ruleName, branch: 0) { _, event, sink in
                    try desk.handle(heard.type, event, sink)
                }
                return Hearing([rule], branches: [branch], type: heard.type, owner: player.owner)
            },
            playing: played, storage: storage)
    }

    private static let ruleName = "ask the program"

    /// What the program wants to be offered: all, or what it has answered to its greeting.
    private static func heard(_ answer: [UInt8], of all: [EventType], _ player: ProgramPlayer) throws -> [EventType] {
        try JSONTape.reading(answer) { root in
            guard let wanted = root["hears"], !wanted.isNull else { return all }
            guard wanted.kind == .array else {
                throw ProgramFailure(player, "does not begin: `hears` is a list of types")
            }
            return try wanted.elements.map { element in
                let type = EventType(element.string ?? "")
                guard all.contains(type) else {
                    throw ProgramFailure(
                        player,
                        "wants to hear \(ProgramAnswer.quoted(type.name)), which no contract lets \(player.part) read")
                }
                return type
            }
        }
    }

    /// Has somebody told of each question with its answer.
    func listen(_ listener: @escaping ([UInt8], [UInt8]) -> Void) { desk.listener = listener }

    override var failure: ProgramFailure? { desk.failure }

    override var asksAhead: Bool { true }

    override func hold(to access: AccessRights, _ rights: inout [ReadingRight]) {
        super.hold(to: access, &rights)
        desk.hold(to: access)
    }

    override var riverDescriptions: [RiverDescription] {
        hears.map {
            RiverDescription(
                owner: owner, name: Self.ruleName, branch: branch, type: $0.type, hearsAnnulment: $0.isAnnulment,
                mine: [], whole: [], file: #fileID, line: #line)
        }
    }

    // MARK: - Timers

    override func hasTimer(_ name: String) -> Bool { true }

    override func act(on timer: String, _ sink: EffectSink) throws { try desk.act(on: timer, sink) }

    override func prepareTimers(_ slots: [Int], _ now: Instant) {
        desk.endAhead()
        for slot in slots {
            guard let first = table.ready(slot, through: now).first else { continue }
            desk.prepare(timer: first, table.keys[slot], slot: slot, now: now, timers: table.timers[slot])
        }
        desk.ask()
    }

    // MARK: - Ahead

    override func beginAhead() { desk.endAhead() }

    override func prepare(_ handling: Handling, heard: Int, agencies: [AgencyID]) {
        eachOffer(handling, heard, agencies) { key, known, hidden in
            guard desk.takesAhead(key),
                let event = hidden.isEmpty ? handling.event : try? handling.reduced.without(hidden, of: handling.event)
            else { return }
            desk.prepare(
                hears[heard].type, event, key, slot: known, now: handling.now,
                timers: known.map { table.timers[$0] } ?? [])
        }
    }

    override func askAhead() { desk.ask() }

    // MARK: - Checkpoints

    override func takeChanges(_ give: (CasePage) throws -> Void) rethrows {
        try givePages({ .asItIs(cases[$0]) }, give)
    }

    override func restore(page number: Int64, _ value: UnsafeRawBufferPointer) throws {
        try restore(page: number, value) { (slot: Int, state: ProgramCase?) in
            if let state { cases[slot] = state } else { cases.clear(slot) }
        }
    }

    override func restored() { table.restored() }
}

extension AgencyRunner {
    /// A runner of a program on standard input, which is started.
    /// - Parameters:
    ///   - types: the types of the contracts, sorted.
    ///   - access: what the contracts allow.
    ///   - played: which agencies of the owner it plays.
    /// - Throws: ``ProgramFailure`` if the program does not begin, or has nothing to hear.
    public static func runner(
        for player: ProgramPlayer, types: [EventType], access: AccessRights, playing played: [AgencyID]
    ) throws -> AgencyRunner {
        let party = player.branch.map { Party(player.owner, $0) } ?? Party(whole: player.owner)
        let hears = types.filter { access.reading(of: $0, by: party).isGranted }
        guard !hears.isEmpty else {
            throw ProgramFailure(player, "has nothing to hear: no contract lets \(party) read a type")
        }
        return try ProgramRunner(player, hears: hears, playing: played)
    }
}
