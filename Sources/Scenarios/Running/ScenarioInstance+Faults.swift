import Hosting
import Kafka
public import LifeEvents
import Simulation

extension Scenario {
    /// What goes wrong in it, for the engine; nil if nothing does.
    /// - Parameter key: the key of a person of the world.
    func faultPlan(key: (_ person: String) -> Subject?) -> FaultPlan? {
        guard !faults.isEmpty else { return nil }
        var outages: [FaultPlan.Outage] = []
        var delays: [FaultPlan.Delay] = []
        var wireFaults: [FaultPlan.WireFault] = []
        var brokerFaults: [FaultPlan.BrokerFault] = []
        for fault in faults {
            let bounds = fault.window.bounds(on: timeline)
            let name = fault.id.value
            let window = FaultPlan.Window(from: bounds.first, end: bounds.end)
            func wire(_ kind: FaultPlan.WireFault.Kind, _ scope: MessageScope) {
                wireFaults.append(
                    FaultPlan.WireFault(kind: kind, messages: scope.messages(key), window: window, name: name))
            }
            switch fault.kind {
            case .outage(let agency):
                outages.append(FaultPlan.Outage(agency: agency.value, from: window.from, end: window.end, name: name))
            case .slow(let agency, let by):
                delays.append(
                    FaultPlan.Delay(agency: agency.value, messages: nil, window: window, name: name) {
                        by.value.added(to: $0)
                    })
            case .late(let scope, let by):
                delays.append(
                    FaultPlan.Delay(agency: nil, messages: scope.messages(key), window: window, name: name) {
                        by.value.added(to: $0)
                    })
            case .duplicate(let scope, let times): wire(.duplicate(times: times), scope)
            case .reordered(let scope): wire(.reorder, scope)
            case .corrupt(let scope, .first(let count)): wire(.corruptFirst(count), scope)
            case .corrupt(let scope, .nth(let count)): wire(.corruptOnly(count), scope)
            case .broker(let broker):
                brokerFaults.append(
                    FaultPlan.BrokerFault(kind: broker.kind, window: window, text: broker.sentence, name: name))
            }
        }
        return FaultPlan(outages: outages, delays: delays, wireFaults: wireFaults, brokerFaults: brokerFaults)
    }

    /// Whether the broker may refuse something for good, at which a client does not try again: then the run ends there.
    public var canEndRun: Bool { !endingFaults.isEmpty }

    private var endingFaults: [ScenarioFault] {
        faults.filter { fault in
            if case .broker(.fails(_, let failure, _)) = fault.kind { !failure.isTransient } else { false }
        }
    }

    /// That a fault of the broker has ended the run; nil where the scenario has none that could.
    /// - Parameter last: the last instant that was played.
    public func endedByFault(after last: Instant) -> ExpectationFailure? {
        let hasBegun = endingFaults.filter { $0.window.bounds(on: timeline).first <= last }
        guard let fault = hasBegun.last ?? endingFaults.first, case .broker(let kind) = fault.kind else { return nil }
        return ExpectationFailure(
            .endedByFault, step: fault.id.value, place: fault.id.span.description,
            message: "expected the run to go on, it ended after \(last.asWritten): \(kind.sentence), as the fault "
                + "`\(fault.id.value)` says, and no client tries again", time: last)
    }

    /// The faults that are done to the broker itself, which only the embedded one allows.
    public var brokerFaults: [ScenarioFault] {
        faults.filter { if case .broker = $0.kind { true } else { false } }
    }
}

extension ScenarioInstance {
    /// What goes wrong in one world: its people and its messages are meant, and no other's.
    /// - Parameters:
    ///   - ids: of the entries' messages in the world.
    ///   - key: the key of a person of the world.
    static func faults(
        _ scenario: Scenario, _ entries: [ScriptEntry], _ ids: [EventID], key: (_ person: String) -> Subject?
    ) -> FaultPlan? {
        guard var plan = scenario.faultPlan(key: key) else { return nil }
        for (entry, id) in zip(entries, ids) { plan.announce(entry.delays, of: id) }
        return plan
    }
}

extension FaultPlan {
    /// When a step's message is due, and what delays it.
    func due(
        at instant: Instant, type: String, from source: AgencyID, about subject: Subject, resolution: Int64
    ) -> (due: Instant, delays: [AgencyFaults.Move]) {
        (
            agencies.due(instant, type: type, from: source, about: subject, made: nil, resolution: resolution),
            agencies.moves(instant, type: type, from: source, about: subject, made: nil, resolution: resolution)
        )
    }

    /// Tells the delays of a message at their times.
    mutating func announce(_ delays: [AgencyFaults.Move], of message: EventID) {
        guard !delays.isEmpty else { return }
        for delay in delays {
            agencies.announcements.append(
                ObservedFault(
                    world: nil, time: delay.from, until: delay.to, kind: delay.kind, target: nil, message: message,
                    text: delay.text, name: delay.name))
        }
        agencies.announcements.sort { ($0.time, $0.text) < ($1.time, $1.text) }
    }
}

extension MessageScope {
    fileprivate func messages(_ key: (String) -> Subject?) -> FaultPlan.Messages {
        let pattern = types.value
        return FaultPlan.Messages(matches: { pattern.matches($0) }, subject: subject.flatMap { key($0.value) })
    }
}

extension ScenarioBrokerFault {
    fileprivate var kind: FaultPlan.BrokerFault.Kind {
        switch self {
        case .down: .down
        case .latency(let milliseconds): .latency(milliseconds: milliseconds)
        case .fails(let request, let failure, let times): .fails(request.number, failure.code, times: times)
        }
    }

    /// One sentence.
    var sentence: String {
        switch self {
        case .down: "the broker drops its connections"
        case .latency(let milliseconds): "every answer of the broker takes \(milliseconds) ms longer"
        case .fails(let request, let failure, let times):
            "\(times == 1 ? "a" : "\(times)") \(request.rawValue) \(times == 1 ? "request fails" : "requests fail") with "
                + failure.rawValue
        }
    }
}

extension ScenarioBrokerFault.Request {
    fileprivate var number: KafkaRequest {
        switch self {
        case .produce: .produce
        case .fetch: .fetch
        case .listOffsets: .listOffsets
        case .metadata: .metadata
        case .initProducer: .initProducerID
        }
    }
}

extension ScenarioBrokerFault.Failure {
    fileprivate var code: KafkaErrorCode {
        switch self {
        case .transport: .transport
        case .notLeader: .notLeader
        case .leaderNotAvailable: .leaderNotAvailable
        case .requestTimedOut: .requestTimedOut
        case .notEnoughReplicas: .notEnoughReplicas
        case .corruptMessage: .corruptMessage
        case .messageTooLarge: .messageTooLarge
        case .unknownTopic: .unknownTopic
        case .topicAuthorization: .topicAuthorization
        }
    }
}
