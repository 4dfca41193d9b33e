import Agencies
import AgencyKit
import Contracts
import Hosting
import Kafka
import LifeEvents
import Runs
import Scenarios
import Testing

@testable import Simulation

@Suite struct RunSetupTests {
    @Test func `a run is the same on a broker of its own, on one that runs, and on a cluster`() throws {
        let instance = try RunSample.instance()
        let broker = try EmbeddedBroker()
        let names = RunSample.topics.map(\.name)
        try broker.createTopics((names + names.map { "own.\($0)" }).map { ($0, 2) })
        let runs = try [
            RunSample.run(instance, on: .started(partitions: 3)), RunSample.run(instance, on: .embedded(broker)),
            RunSample.run(instance, on: .cluster(broker.settings)),
            RunSample.run(instance, on: .embedded(broker), namespace: "own"),
            RunSample.run(instance, on: .started(partitions: 1), namespace: "own"),
            // Each instant of it is played on another broker.
            RunSample.run(instance, on: .started(partitions: 2, renewsAfter: 1), namespace: "own"),
        ]
        let played = try runs.map { try $0.play() }
        #expect(Set(played.map { $0.result.digests[0].description }).count == 1)
        #expect(played.allSatisfy { $0.failures == [[]] && $0.result.total > 2 })
    }

    @Test func `what a cluster cannot be made to do is not asked of it`() throws {
        let slow = "faults:\n  - id: slow\n    broker: {latency: 1, from: filed +0d, for: 1d}\n"
        let instance = try RunSample.instance(RunSample.text + slow)
        let broker = try EmbeddedBroker()
        try broker.createTopics(RunSample.topics.map { ($0.name, 1) })
        var faults: [[String]] = []
        for place in [RunBroker.started(partitions: 1), .cluster(broker.settings)] {
            let run = try RunSample.run(instance, on: place)
            faults.append([])
            run.setup.observer.fault = { faults[faults.count - 1].append($0.kind) }
            #expect(try run.play().failures == [[]])
        }
        #expect(faults.first?.isEmpty == false)
        #expect(faults.last == [])
    }

    @Test func `an owner's agencies have one runner, in the owners' order, and each agency counts once`() throws {
        let agencies = [AgencyID(.skatteverket), .kommun(1780), .kommun(180), .kommun(1780)]
        var asked: [String] = []
        let runners = try Runners.of(agencies) { owner in
            asked.append("\(owner)")
            return BuiltInAgencies.code(for: owner)
        }
        #expect(asked == ["kommun", "skatteverket"])
        // A branch that is an agency of its own has a runner of its own.
        #expect(runners.map(\.owner) == runners.map(\.owner).sorted())
        #expect(Set(runners.map(\.owner)) == [.kommun, .skatteverket])
        let branches = runners.map { "\($0.owner)/\($0.branch.map { "\($0)" } ?? "")/\($0.section ?? "")" }
        #expect(Set(branches).count == branches.count)
        #expect(branches.contains("kommun/bistand/") && branches.contains("kommun/bistand/dodsbo"))
    }

    @Test func `an agency that nobody plays is named`() throws {
        let agencies = [AgencyID(.skatteverket), .region(17), .region(9)]
        let error = #expect(throws: NobodyPlays.self) {
            try Runners.of(agencies) { $0 == .region ? [] : BuiltInAgencies.code(for: $0) }
        }
        #expect(error?.agency == .region(9))
    }

    @Test func `whoever watches hears everything, each after those before`() {
        var told: [String] = []
        func observer(_ name: String) -> RunObserver {
            var observer = RunObserver()
            observer.message = { _ in told.append("\(name) message") }
            observer.river = { _, _ in told.append("\(name) river") }
            observer.judged = { _ in }
            observer.judgedRiver = { _, _ in }
            observer.timer = { _ in told.append("\(name) timer") }
            observer.instant = { _ in told.append("\(name) instant") }
            observer.worldEnd = { _ in told.append("\(name) end") }
            observer.delivery = { _ in told.append("\(name) delivery") }
            observer.fault = { _ in told.append("\(name) fault") }
            observer.notice = { _ in told.append("\(name) notice") }
            return observer
        }
        var all = RunObserver()
        all.add(RunObserver())
        all.add(observer("first"))
        all.add(RunObserver())
        all.add(observer("second"))
        // A part that is new in the observer must be handed on too.
        for part in Mirror(reflecting: all).children {
            #expect("\(part.value)" != "nil", "\(part.label ?? "") is not handed on")
        }
        let now = Instant(milliseconds: 0)
        all.instant?(now)
        all.fault?(ObservedFault(world: nil, time: now, kind: "outage", target: nil, message: nil, text: ""))
        all.notice?("")
        #expect(
            told == ["instant", "fault", "notice"].flatMap { ["first \($0)", "second \($0)"] })
    }

    @Test func `a world that ends before the run does is told when it has ended, once`() throws {
        let short = try RunSample.instance(RunSample.text + "until: +3d\n")
        let long = try RunSample.instance(
            RunSample.text.replacing("scenario: named", with: "scenario: longer")
                .replacing("at: +1d 06:30", with: "at: +8d 06:30"))
        var setup = RunSetup(
            settings: .init(seed: 1), topics: RunSample.topics,
            schemas: RunSample.catalogue?.schemas ?? MessageSchemas(),
            access: try RunSample.catalogue?.rights() ?? AccessRights(),
            runners: try Runners.of([short, long], code: BuiltInAgencies.code))
        var told: [String] = []
        setup.observer.message = { told.append("message of \($0.world ?? -1)") }
        setup.observer.worldEnd = { told.append("end of \($0)") }
        let (result, failures) = try ScenarioRun([short, long], setup: setup).play()
        #expect(failures == [[], []])
        #expect(result.digests.count == 2)
        #expect(told.filter { $0.hasPrefix("end") } == ["end of 0"])
        let end = try #require(told.firstIndex(of: "end of 0"))
        #expect(!told[end...].contains("message of 0"))
        #expect(told[end...].contains("message of 1"))
    }
}
