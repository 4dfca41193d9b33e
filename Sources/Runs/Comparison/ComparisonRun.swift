public import AgencyKit
public import Contracts
import Dispatch
import Hosting
public import LifeEvents
public import Planes
public import Scenarios
import Simulation
import Synchronization

/// Plays one scenario's lives in several planes, and takes their numbers.
///
/// Each plane is a pass of its own: keys and ids are the same in all, and so are the draws. Beside them stands a pass in
/// which all is told at once and nobody errs, which says what payments are right.
public struct ComparisonRun: Sendable {
    /// What lives are played with.
    public struct Settings: Sendable {
        /// Of keys, ids and draws.
        public var seed: UInt64 = 1
        /// How many lives.
        public var lives = 200
        /// Days that all planes are played beyond the scenario's end.
        public var horizonDays = 400
        /// Milliseconds between two possible instants.
        public var resolution: Int64 = 60_000
        /// Values of rules that the run sets.
        public var ruleValues: [String: Int] = [:]
        /// How many passes are played at once.
        public var jobs = 1
        /// Whether it is asked how the difference hangs on each assumption, which takes hundreds of passes.
        public var asksAssumptions = false

        /// The defaults.
        public init() {}
    }

    let scenario: Scenario
    let planes: [Plane]
    var settings: Settings
    let catalogue: Catalogue
    let rules: LifeRules
    let code: @Sendable (Owner) -> [any Agency]

    /// A comparison of planes over one scenario.
    /// - Parameter code: the code that plays an owner's agencies.
    public init(
        _ scenario: Scenario, in planes: [Plane], settings: Settings, catalogue: Catalogue, measures: Measures,
        code: @escaping @Sendable (Owner) -> [any Agency]
    ) {
        self.scenario = scenario
        self.planes = planes
        self.settings = settings
        self.catalogue = catalogue
        rules = LifeRules(measures, catalogue: catalogue)
        self.code = code
    }

    /// Plays all.
    /// - Throws: `ScriptError`, ``NobodyPlays``, `KafkaError`.
    public func play() throws -> JourneyComparison {
        // What steps wait for is what comes where all are told at once; in every plane they have those times.
        let bound = try Binding.bind(scenario, seed: settings.seed, resolution: settings.resolution) { instances in
            var run = RunSettings(seed: settings.seed, resolution: settings.resolution)
            run.ruleValues = settings.ruleValues
            return RunSetup(
                settings: run, topics: catalogue.runTopics, schemas: catalogue.schemas, access: try catalogue.rights(),
                runners: try Runners.of(instances, code: code))
        }
        let template = try InstanceTemplate(
            bound.instance.scenario, seed: settings.seed, resolution: settings.resolution)
        let records = try passes(planes + [.bus], template)
        let (lives, tiles) = measured(
            Array(records.dropLast()), of: planes, right: records[planes.count], template)
        return JourneyComparison(
            scenario.name.value, planes: planes.map(\.name), begins: template.anchorInstant,
            horizon: horizon(template), tiles: tiles, lives: lives, parting: parting(records), seed: settings.seed,
            sensitivity: settings.asksAssumptions ? try sensitivity(template) : nil)
    }

    /// Plays planes, as many at once as the settings say.
    func passes(_ planes: [Plane], _ template: InstanceTemplate) throws -> [[LifeRecord]] {
        guard !planes.isEmpty else { return [] }
        let results = Mutex<[Result<[LifeRecord], any Error>?]>(Array(repeating: nil, count: planes.count))
        let next = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: min(max(settings.jobs, 1), planes.count)) { _ in
            while true {
                let turn = next.withLock { turn in
                    defer { turn += 1 }
                    return turn
                }
                guard turn < planes.count else { return }
                let result = Result { try pass(planes[turn], template) }
                results.withLock { $0[turn] = result }
            }
        }
        return try results.withLock { $0 }.map { try $0?.get() ?? [] }
    }

    /// The numbers of lives in planes, and the tiles that some plane brings to an end.
    /// - Parameter right: the same lives with all told at once and nobody erring.
    func measured(
        _ records: [[LifeRecord]], of planes: [Plane], right: [LifeRecord], _ template: InstanceTemplate
    ) -> (lives: [[(values: [String: Double], censored: Set<String>)]], tiles: [String]) {
        var lives: [[(values: [String: Double], censored: Set<String>)]] = records.map { _ in [] }
        var tiles: Set<String> = []
        for life in right.indices {
            let rows = (records + [right]).reduce(into: Set<LifeRecord.TileRow>()) {
                $0.formUnion($1[life].doneRows)
            }.sorted()
            tiles.formUnion(rows.map(\.tile))
            var frame = LifeFrame(
                begins: template.anchorInstant, horizon: horizon(template), rows: rows,
                right: right[life].paid.mapValues(\.net), floor: nil, plane: .bus, rules: rules)
            frame.floor = right[life].values(frame).values[Metric.days.key]
            for (place, plane) in planes.enumerated() {
                frame.plane = plane
                lives[place].append(records[place][life].values(frame))
            }
        }
        return (lives, tiles.sorted())
    }

    private func horizon(_ template: InstanceTemplate) -> Instant {
        template.end + .days(Int64(settings.horizonDays))
    }

    func pass(_ plane: Plane, _ template: InstanceTemplate) throws -> [LifeRecord] {
        var run = RunSettings(seed: settings.seed, resolution: settings.resolution)
        run.plane = plane
        run.ruleValues = settings.ruleValues
        let worlds = (1...settings.lives).map { number in
            var world = template.world(worldName: "copy-\(number)")
            world.until = template.end + .days(Int64(settings.horizonDays))
            return world
        }
        var setup = RunSetup(
            settings: run, topics: catalogue.runTopics, schemas: catalogue.schemas, access: try catalogue.rights(),
            runners: try Runners.of(worlds, code: code))
        setup.worlds = worlds
        let collector = Collector(settings.lives)
        setup.observer.message = { message in
            guard let world = message.world else { return }
            collector.lives[world].see(message, in: plane, seed: settings.seed, by: rules)
        }
        setup.observer.delivery = { delivery in
            guard collector.lives.indices.contains(Int(delivery.world)) else { return }
            collector.lives[Int(delivery.world)].deliveries.append(delivery)
        }
        _ = try setup.play()
        return collector.lives
    }

    private final class Collector {
        var lives: [LifeRecord]
        init(_ count: Int) { lives = Array(repeating: LifeRecord(), count: count) }
    }

    /// The first message of the first life that the first and the last plane bring at different times.
    private func parting(_ records: [[LifeRecord]]) -> JourneyComparison.Parting? {
        guard planes.count > 1, let life = records.first?.first else { return nil }
        func find(_ one: DeliveryReport, _ plane: Int) -> DeliveryReport? {
            records[plane].first?.deliveries.first {
                $0.message == one.message && $0.agency == one.agency && $0.branch == one.branch
            }
        }
        func order(_ one: DeliveryReport) -> (Instant, EventID, String) {
            (one.said, one.message, "\(one.agency)/\(one.branch)")
        }
        for one in life.deliveries.filter({ !$0.row.isEmpty }).sorted(by: { order($0) < order($1) }) {
            guard let other = find(one, planes.count - 1), other.known != one.known else { continue }
            return JourneyComparison.Parting(
                said: one.said, type: one.type, reader: "\(one.agency)/\(one.branch)",
                ways: planes.indices.map { place in
                    let found = find(one, place)
                    return (planes[place].name, found?.known, found?.row ?? "")
                })
        }
        return nil
    }
}
