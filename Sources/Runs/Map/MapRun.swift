public import AgencyKit
public import Contracts
import Hosting
import JSON
public import LifeEvents
public import Planes
public import Scenarios
import Simulation

/// Plays journeys in a plane and notes who is told what.
public struct MapRun {
    /// What one plane showed.
    public struct Record: Sendable {
        /// The life event of each world: the page that most of its tiles stand on, by its place; nil: it has no tile.
        public var pages: [Int?] = []
        /// How often each thing was told or not told.
        public var counts: [Key: Int] = [:]
        /// What was said, by page, type and source.
        public var said: [Saying: Int] = [:]
    }

    /// A way of a message.
    public struct Key: Hashable, Comparable, Sendable {
        var page: Int
        var reader: Party
        var type: String
        var source: Owner
        var channel: MapChannel

        /// By page, reader, type, source and channel.
        public static func < (left: Key, right: Key) -> Bool {
            (left.page, left.reader, left.type, left.source, left.channel)
                < (right.page, right.reader, right.type, right.source, right.channel)
        }
    }

    /// A type as somebody says it at a life event.
    public struct Saying: Hashable, Sendable {
        var page: Int
        var type: String
        var source: Owner
    }

    private let instances: [ScenarioInstance]
    private let catalogue: Catalogue
    private let code: (Owner) -> [any Agency]
    /// The page of each tile, by its place among the pages.
    private let pageOfTile: [String: Int]

    /// Journeys to be played.
    /// - Parameter code: the code that plays an owner's agencies.
    public init(_ instances: [ScenarioInstance], catalogue: Catalogue, code: @escaping (Owner) -> [any Agency]) {
        self.instances = instances
        self.catalogue = catalogue
        self.code = code
        let pages = catalogue.agencies.flatMap(\.pages).map(\.name)
        pageOfTile = catalogue.agencies.flatMap(\.tiles).reduce(into: [:]) { all, tile in
            all[tile.name] = pages.firstIndex(of: tile.page)
        }
    }

    /// Plays all journeys in a plane.
    /// - Throws: ``NobodyPlays``, `KafkaError`.
    public func play(_ plane: Plane, seed: UInt64, resolution: Int64) throws -> Record {
        var settings = RunSettings(seed: seed, resolution: resolution)
        settings.plane = plane
        var setup = RunSetup(
            settings: settings, topics: catalogue.runTopics, schemas: catalogue.schemas, access: try catalogue.rights(),
            runners: try Runners.of(instances, code: code))
        setup.instances = instances
        let notes = Notes(worlds: instances.count, pages: pageOfTile)
        setup.observer.message = { notes.see($0) }
        setup.observer.delivery = { notes.see($0) }
        _ = try setup.play()
        return notes.record
    }
}

/// What is noted while a run goes on.
private final class Notes {
    private struct Told: Hashable {
        var reader: Party
        var type: String
        var message: EventID
        var channel: MapChannel
    }

    private let pageOfTile: [String: Int]
    /// How often each world set tiles of each page.
    private var tiles: [[Int: Int]]
    private var told: [[Told]]
    private var sources: [[EventID: Owner]]
    private var said: [[(type: String, source: Owner)]]

    init(worlds: Int, pages: [String: Int]) {
        pageOfTile = pages
        tiles = Array(repeating: [:], count: worlds)
        told = Array(repeating: [], count: worlds)
        sources = Array(repeating: [:], count: worlds)
        said = Array(repeating: [], count: worlds)
    }

    func see(_ message: ObservedMessage) {
        guard let world = message.world, let source = message.envelope.source?.owner else { return }
        sources[world][message.envelope.id] = source
        if message.type == LifeEventMap.tileType {
            guard let page = message.data?["tile"]?.string.flatMap({ pageOfTile[$0] }) else { return }
            tiles[world][page, default: 0] += 1
        } else if !LifeEventMap.isInternal(message.type) {
            said[world].append((message.type, source))
        }
    }

    func see(_ delivery: DeliveryReport) {
        guard told.indices.contains(Int(delivery.world)), delivery.type != LifeEventMap.tileType,
            delivery.agency.owner != .citizen, !LifeEventMap.isInternal(delivery.type)
        else { return }
        let isHeard = delivery.outcome == .heard || delivery.outcome == .collapsed
        told[Int(delivery.world)].append(
            Told(
                reader: Party(delivery.agency.owner, delivery.branch), type: delivery.type, message: delivery.message,
                channel: MapChannel(channel: delivery.channel, isHeard: isHeard)))
    }

    var record: MapRun.Record {
        var record = MapRun.Record()
        for world in tiles.indices {
            // order-free: the most, and of equals the first page.
            let page = tiles[world].min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
            record.pages.append(page)
            guard let page else { continue }
            for one in said[world] {
                record.said[MapRun.Saying(page: page, type: one.type, source: one.source), default: 0] += 1
            }
            for one in told[world] {
                guard let source = sources[world][one.message] else { continue }
                record.counts[
                    MapRun.Key(page: page, reader: one.reader, type: one.type, source: source, channel: one.channel),
                    default: 0] += 1
            }
        }
        return record
    }
}

extension LifeEventMap {
    /// The type of the lines of a citizen's page, which are shown to people and are no agency's news.
    static let tileType = "citizen.status-tile.v1"

    /// Whether a type is an owner's own, as `bank.internal.v1`: what an agency tells itself is no flow between agencies.
    static func isInternal(_ type: String) -> Bool { type.split(separator: ".").dropFirst().first == "internal" }
}
