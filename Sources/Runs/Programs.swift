public import AgencyKit
public import Contracts
public import Hosting
public import LifeEvents
public import Scenarios

/// Why programs cannot take the parts that a run gives them.
public struct ProgramChoiceError: Error, Sendable, CustomStringConvertible {
    /// One sentence.
    public let description: String
}

/// The programs on standard input that play agencies of a run.
public struct Programs: Sendable {
    /// Each plays an owner or a branch, in the order of their names.
    public private(set) var players: [ProgramPlayer] = []

    /// No programs.
    public init() {}

    /// The programs that scenarios name, and others that take the place of those.
    /// - Throws: `ProgramChoiceError` where scenarios of one run differ, or nobody is there to be played.
    public init(_ instances: [ScenarioInstance], chosen: [ProgramPlayer]) throws(ProgramChoiceError) {
        for instance in instances {
            for player in try instance.scenario.programs()
            where !chosen.contains(where: { $0.part == player.part })
                && !players.contains(where: { $0.part == player.part })
            {
                try Self.check(player, instances)
                players.append(player)
            }
        }
        for player in chosen {
            guard instances.contains(where: { $0.agencies.contains { $0.owner == player.owner } }) else {
                throw ProgramChoiceError(description: "no agency of \(player.owner) is simulated in this run")
            }
        }
        players += chosen
        players.sort { $0.part < $1.part }
    }

    /// One runner plays all agencies of an owner in a run, so all scenarios must mean the same.
    private static func check(
        _ player: ProgramPlayer, _ instances: [ScenarioInstance]
    ) throws(ProgramChoiceError) {
        for instance in instances where instance.agencies.contains(where: { $0.owner == player.owner }) {
            let own = try instance.scenario.programs().first { $0.part == player.part }
            guard own?.words == player.words, own?.folder == player.folder else {
                throw ProgramChoiceError(
                    description:
                        "\(player.part) is played by `\(player.command)` in one scenario of this run and by "
                        + "\(own.map { "`\($0.command)`" } ?? "other code") in \(instance.name): run them apart")
            }
        }
    }

    /// What decides what the programs say, as texts: their parts, commands and folders.
    public var texts: [String] { players.flatMap { [$0.part, $0.folder] + $0.words } }

    /// Tells somebody what the programs write on standard error.
    public mutating func tell(_ tells: @escaping @Sendable (String) -> Void) {
        for place in players.indices { players[place].tells = tells }
    }
}

extension Scenario {
    /// The programs that play agencies of the scenario, one for each owner or branch.
    fileprivate func programs() throws(ProgramChoiceError) -> [ProgramPlayer] {
        var players: [ProgramPlayer] = []
        for agency in agencies {
            guard let program = agency.program else { continue }
            let player = ProgramPlayer(
                owner: agency.id.value.owner, branch: program.branch, words: program.words, folder: program.folder)
            guard let other = players.first(where: { $0.part == player.part }) else {
                players.append(player)
                continue
            }
            guard other.words == player.words else {
                throw ProgramChoiceError(
                    description: "\(program.command.span): \(player.part) is played by two programs, "
                        + "`\(other.command)` and `\(player.command)`")
            }
        }
        return players
    }
}

extension Runners {
    /// The runners of worlds' agencies, of which programs play some; these are started.
    /// - Parameters:
    ///   - types: the types of the contracts, sorted.
    ///   - access: what the contracts allow.
    ///   - made: is shown each runner as soon as it is made, where no program plays.
    /// - Throws: ``NobodyPlays``, ``ProgramChoiceError``, `ProgramFailure`.
    public static func of(
        _ instances: [ScenarioInstance], programs: Programs, types: [EventType], access: AccessRights,
        made: (AgencyRunner) -> Void = { _ in }, code: (_ owner: Owner) -> [any Agency]
    ) throws -> [AgencyRunner] {
        guard !programs.players.isEmpty else { return try of(instances, made: made, code: code) }
        let played = Set(instances.flatMap(\.agencies))
        // Who is silent is offered nothing; its code says what it would hear.
        let all = played.union(instances.flatMap(\.silent).filter { !code($0.owner).isEmpty })
        var runners: [AgencyRunner] = []
        for owner in Set(all.map(\.owner)).sorted() {
            let own = all.filter { $0.owner == owner }.sorted()
            let code = code(owner)
            let players = programs.players.filter { $0.owner == owner }
            guard !players.isEmpty else {
                runners += try of(own) { _ in code }
                continue
            }
            for player in players {
                if let branch = player.branch, !code.isEmpty, !code.contains(where: { Self.branch($0) == branch }) {
                    throw ProgramChoiceError(
                        description: "\(player.part): no code of \(owner) plays a branch of this name by itself")
                }
                runners.append(try .runner(for: player, types: types, access: access, playing: own))
            }
            guard players.allSatisfy({ $0.branch != nil }) else { continue }
            for branch in code where !players.contains(where: { $0.branch == Self.branch(branch) }) {
                runners.append(AgencyRunner.runner(for: branch, playing: own))
            }
        }
        return runners
    }

    private static func branch(_ code: any Agency) -> Branch? {
        func open<Code: Agency>(_ code: Code) -> Branch? { Code.branch }
        return open(code)
    }
}
