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
        /// Days that all planes are played beyond the scenario's end; nil: as many as the scenario says, else 400.
        public var horizonDays: Int?
        /// Milliseconds between two possible instants.
        public var resolution: Int64 = 60_000
        /// Values of rules that the run sets.
        public var ruleValues: [String: Int] = [:]
        /// How many passes are played at once.
        public var jobs = 1
        /// Whether each message of each life is kept as a line of JSON, for others to count.
        public var keepsMessages = false
        /// Whether it is asked how the difference hangs on each assumption, which takes hundreds of passes.
        public var asksAssumptions = false

        /// The defaults.
        public init() {}
    }

    /// A journey as it is at home in a municipality.
    public struct Home: Sendable {
        /// The municipality's code; nil: as its file has it.
        public let code: String?
        /// The scenario.
        public let scenario: Scenario

        /// A journey at home there.
        public init(_ scenario: Scenario, in code: String? = nil) { (self.scenario, self.code) = (scenario, code) }
    }

    let homes: [Home]
    private var scenario: Scenario { homes[0].scenario }
    let planes: [Plane]
    var settings: Settings
    let catalogue: Catalogue
    let rules: LifeRules
    let code: @Sendable (Owner) -> [any Agency]

    /// A comparison of planes over one scenario.
    /// - Parameters:
    ///   - homes: the scenario, once or as it is at home in several municipalities.
    ///   - code: the code that plays an owner's agencies.
    public init(
        _ homes: [Home], in planes: [Plane], settings: Settings, catalogue: Catalogue, measures: Measures,
        code: @escaping @Sendable (Owner) -> [any Agency]
    ) {
        precondition(!homes.isEmpty, "a comparison has a journey")
        self.homes = homes
        self.planes = planes
        self.settings = settings
        self.catalogue = catalogue
        rules = LifeRules(measures, catalogue: catalogue)
        self.code = code
    }

    /// Plays all.
    /// - Throws: `ScriptError`, ``NobodyPlays``, `KafkaError`.
    public func play() throws -> JourneyComparison {
        let templates = try homes.map { try template($0.scenario) }
        let records = try passes(planes + [.bus], templates)
        let (lives, tiles) = measured(
            Array(records.dropLast()), of: planes, right: records[planes.count], templates)
        return JourneyComparison(
            scenario.name.value, planes: planes.map(\.name), begins: templates[0].anchorInstant,
            horizon: horizon(templates[0]), tiles: tiles, lives: lives,
            homes: homes.flatMap { Array(repeating: $0.code ?? "", count: settings.lives) },
            parting: parting(records), seed: settings.seed,
            sensitivity: settings.asksAssumptions ? try sensitivity(templates) : nil,
            messages: settings.keepsMessages
                ? records.dropLast().map { $0.reduce(into: []) { $0 += $1.lines } } : [],
            findings: ComparisonFinding.all(
                Array(records.dropLast()), planes.map(\.name), right: records[planes.count]))
    }

    /// What steps wait for is what comes where all are told at once; in every plane they have those times.
    private func template(_ scenario: Scenario) throws -> InstanceTemplate {
        let bound = try Binding.bind(scenario, seed: settings.seed, resolution: settings.resolution) { instances in
            var run = RunSettings(seed: settings.seed, resolution: settings.resolution)
            run.ruleValues = settings.ruleValues
            return RunSetup(
                settings: run, topics: catalogue.runTopics, schemas: catalogue.schemas, access: try catalogue.rights(),
                runners: try Runners.of(instances, code: code))
        }
        return try InstanceTemplate(bound.instance.scenario, seed: settings.seed, resolution: settings.resolution)
    }

    /// Plays planes, as many at once as the settings say.
    func passes(_ planes: [Plane], _ templates: [InstanceTemplate]) throws -> [[LifeRecord]] {
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
                let result = Result { try pass(planes[turn], templates) }
                results.withLock { $0[turn] = result }
            }
        }
        return try results.withLock { $0 }.map { try $0?.get() ?? [] }
    }

    /// The numbers of lives in planes, and the tiles that some plane brings to an end.
    /// - Parameter right: the same lives with all told at once and nobody erring.
    func measured(
        _ records: [[LifeRecord]], of planes: [Plane], right: [LifeRecord],
        _ templates: [InstanceTemplate]
    ) -> (lives: [[(values: [String: Double], censored: Set<String>)]], tiles: [String]) {
        var lives: [[(values: [String: Double], censored: Set<String>)]] = records.map { _ in [] }
        var tiles: Set<String> = []
        for life in right.indices {
            let rows = (records + [right]).reduce(into: Set<LifeRecord.TileRow>()) {
                $0.formUnion($1[life].doneRows)
            }.sorted()
            tiles.formUnion(rows.map(\.tile))
            let template = templates[life / settings.lives]
            var frame = LifeFrame(
                begins: template.anchorInstant, horizon: horizon(template), rows: rows,
                right: right[life].paid.mapValues(\.net), floor: nil, plane: .bus, rules: rules)
            frame.floor = rows.compactMap { right[life].days(to: $0, frame).days }.max()
            for (place, plane) in planes.enumerated() {
                frame.plane = plane
                lives[place].append(records[place][life].values(frame))
            }
        }
        return (lives, tiles.sorted())
    }

    private func horizon(_ template: InstanceTemplate) -> Instant {
        template.end + .days(Int64(settings.horizonDays ?? scenario.horizonDays ?? Self.ordinaryHorizon))
    }

    /// Days beyond a scenario's end, where neither it nor who asks says another number.
    private static let ordinaryHorizon = 400

    func pass(_ plane: Plane, _ templates: [InstanceTemplate]) throws -> [LifeRecord] {
        var run = RunSettings(seed: settings.seed, resolution: settings.resolution)
        run.plane = plane
        run.ruleValues = settings.ruleValues
        let names = homes.indices.flatMap { place in
            // The first home's people are those of a run with copies.
            (1...settings.lives).map { place == 0 ? "copy-\($0)" : "\(homes[place].code ?? "")-copy-\($0)" }
        }
        let worlds = names.enumerated().map { place, name in
            let template = templates[place / settings.lives]
            var world = template.world(worldName: name)
            world.until = horizon(template)
            return world
        }
        var setup = RunSetup(
            settings: run, topics: catalogue.runTopics, schemas: catalogue.schemas, access: try catalogue.rights(),
            runners: try Runners.of(worlds, code: code))
        setup.worlds = worlds
        let collector = Collector(worlds.count)
        setup.observer.message = { message in
            guard let world = message.world else { return }
            if settings.keepsMessages { collector.lives[world].keep(message, of: names[world]) }
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
