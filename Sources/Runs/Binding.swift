import Hosting
import JSON
import LifeEvents
public import Scenarios
import Simulation

/// Plays a scenario until all is known that its later steps count from and quote.
///
/// Each message is that of the whole run: what rests on it comes after it, so it cannot change it. The earliest that is not
/// yet known is found first, with all before it played.
public enum Binding {
    /// A world of a scenario in which nothing waits any more, and the steps that wait for what does not come.
    public typealias Bound = (instance: ScenarioInstance, leftOut: [Located<String>])

    /// - Parameters:
    ///   - worldName: nil: the name of the matrix row that the scenario is.
    ///   - resolution: milliseconds between two possible instants.
    ///   - setup: what a run of some worlds is made of, without a store; called once for each message.
    /// - Throws: `ScriptError`, and as ``ScenarioRun/play()``.
    public static func bind(
        _ scenario: Scenario, worldName: String? = nil, seed: UInt64, resolution: Int64 = 60_000,
        setup: ([ScenarioInstance]) throws -> RunSetup
    ) throws -> Bound {
        var known: [String: CapturedMessage] = [:]
        while true {
            let bound = scenario.bound(known, resolution: resolution)
            let instance = try ScenarioInstance(
                bound.scenario, worldName: worldName, seed: seed, resolution: resolution)
            let open = scenario.awaited.filter { known[$0.step] == nil }
            guard !open.isEmpty, let next = try first(of: open, in: instance, setup) else {
                return (instance, bound.leftOut)
            }
            known[next.step] = next.message
        }
    }

    /// The earliest message that one of some expectations is met by.
    private static func first(
        of open: [AwaitedMessage], in instance: ScenarioInstance, _ setup: ([ScenarioInstance]) throws -> RunSetup
    ) throws -> (step: String, message: CapturedMessage)? {
        let run = ScenarioRun([instance], setup: try setup([instance]), keepsLooks: true)
        let types = Set(open.map(\.type))
        var seen: [EventID: CapturedMessage] = [:]
        let span = instance.scenario.name.span
        run.setup.observer.message = { message in
            guard types.contains(message.type), let data = message.data else { return }
            seen[message.envelope.id] = CapturedMessage(
                id: message.envelope.id, time: message.envelope.time,
                data: DataNode(data, at: span) { instance.name(of: $0) })
        }
        _ = try run.play()
        let steps = Set(open.map(\.step))
        return (run.looks.first ?? []).filter { steps.contains($0.step) }.compactMap { look in
            look.messages.first.flatMap { seen[$0] }.map { (look.step, $0) }
        }.min { ($0.1.time, $0.1.id) < ($1.1.time, $1.1.id) }
    }
}
