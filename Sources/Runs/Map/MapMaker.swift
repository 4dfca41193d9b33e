public import Contracts
import LifeEvents
public import Planes

/// Makes a map of what planes have shown and contracts declare.
public struct MapMaker {
    private let catalogue: Catalogue
    private let readings: [DeclaredReading]
    private let writings: [DeclaredWriting]
    private let pages: [PageDeclaration]

    /// - Parameters:
    ///   - readings: what the rules of all agencies hear.
    ///   - writings: what branches declare to say.
    public init(_ catalogue: Catalogue, readings: [DeclaredReading], writings: [DeclaredWriting]) {
        self.catalogue = catalogue
        self.readings = readings
        self.writings = writings.sorted { ($0.type, $0.party) < ($1.type, $1.party) }
        pages = catalogue.agencies.flatMap(\.pages)
    }

    /// The map.
    /// - Parameters:
    ///   - drawn: what the plane showed that is drawn.
    ///   - base: what the plane showed that contacts are spared against; nil: none.
    ///   - scenarios: the scenario of each world.
    /// - Throws: `ContractError` where the contracts cannot be read.
    public func map(
        _ drawn: MapRun.Record, of plane: Plane, base: (record: MapRun.Record, plane: Plane)?, scenarios: [String]
    ) throws -> LifeEventMap {
        let access = try catalogue.rights()
        let used = pages.indices.filter { page in drawn.pages.contains(page) }
        let columns = used.map { page in
            LifeEventMap.Column(
                name: pages[page].name, titles: pages[page].titles, journeys: drawn.pages.count { $0 == page })
        }
        let place = used.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
        // order-free: sorted by the key.
        let counts = drawn.counts.sorted { $0.key < $1.key }
        let saidTypes = drawn.said.keys.reduce(into: [Int: Set<String>]()) { $0[$1.page, default: []].insert($1.type) }
        var parties = Set(counts.map(\.key.reader))
        let heard = Set(counts.lazy.filter { $0.key.channel != .none }.map { Way($0.key) })
        var silent: [Place: Set<String>] = [:]
        for reading in readings where reading.party.owner != .citizen && reading.type.name != LifeEventMap.tileType {
            for page in used where saidTypes[page]?.contains(reading.type.name) == true {
                let way = Way(page: page, reader: reading.party, type: reading.type.name)
                guard !heard.contains(way) else { continue }
                parties.insert(reading.party)
                silent[Place(page: page, reader: reading.party), default: []].insert(reading.type.name)
            }
        }
        let rows = parties.compactMap { row($0) }.sorted { left, right in
            (order(left.sector), left.titles.swedish, left.party)
                < (order(right.sector), right.titles.swedish, right.party)
        }
        let told = Dictionary(grouping: counts) { Place(page: $0.key.page, reader: $0.key.reader) }
        var cells: [LifeEventMap.Cell] = []
        for (number, row) in rows.enumerated() {
            for page in used {
                let here = Place(page: page, reader: row.party)
                let (own, types) = (told[here] ?? [], silent[here] ?? [])
                guard !own.isEmpty || !types.isEmpty, let column = place[page] else { continue }
                cells.append(
                    LifeEventMap.Cell(
                        row: number, column: column, flows: own.map { flow($0.key, $0.value, access) },
                        silent: types.sorted().map { EventType($0) }))
            }
        }
        return LifeEventMap(
            columns: columns, rows: rows, cells: cells, spared: base.map { spared($0.record, drawn) } ?? [],
            plane: plane.name, base: base?.plane.name,
            scenarios: used.map { page in
                var names: [String] = []
                for (world, name) in scenarios.enumerated()
                where drawn.pages[world] == page && names.last != name { names.append(name) }
                return names
            }, unplaced: drawn.pages.count { $0 == nil })
    }

    private struct Way: Hashable {
        var page: Int
        var reader: Party
        var type: String

        init(page: Int, reader: Party, type: String) {
            (self.page, self.reader, self.type) = (page, reader, type)
        }

        init(_ key: MapRun.Key) { self.init(page: key.page, reader: key.reader, type: key.type) }
    }

    private struct Place: Hashable {
        var page: Int
        var reader: Party
    }

    private func flow(_ key: MapRun.Key, _ count: Int, _ access: AccessRights) -> LifeEventMap.Flow {
        let type = EventType(key.type)
        var isDeclared = true
        if case .none = access.reading(of: type, by: key.reader).offer { isDeclared = false }
        return LifeEventMap.Flow(
            type: type, source: source(of: type, key.source), channel: key.channel,
            heard: key.channel == .none ? 0 : count, missed: key.channel == .none ? count : 0, isDeclared: isDeclared)
    }

    /// The branch that declares to say a type; a run knows the agency only.
    private func source(of type: EventType, _ owner: Owner) -> Party {
        writings.first { $0.type == type && $0.party.owner == owner }?.party ?? Party(whole: owner)
    }

    private func row(_ party: Party) -> LifeEventMap.Row? {
        guard let agency = catalogue.agency(of: party.owner), agency.kind == .agency else { return nil }
        return LifeEventMap.Row(party: party, titles: catalogue.titles(of: party), sector: agency.sector)
    }

    private func order(_ sector: AgencyFile.Sector) -> Int {
        AgencyFile.Sector.allCases.firstIndex(of: sector) ?? AgencyFile.Sector.allCases.count
    }

    /// What people carried in one plane and no longer in the other, topic by topic.
    private func spared(_ base: MapRun.Record, _ drawn: MapRun.Record) -> [LifeEventMap.Spared] {
        let journeys = max(base.pages.count { $0 != nil }, 1)
        var topics: [String: (contacts: Int, owners: Set<Owner>)] = [:]
        // order-free: sums and sets.
        for (key, count) in base.counts where key.channel == .citizen {
            topics[EventType(key.type).topic, default: (0, [])].contacts += count
        }
        // order-free: sums and sets.
        for (key, count) in drawn.counts {
            let topic = EventType(key.type).topic
            guard topics[topic] != nil, key.channel != .none else { continue }
            if key.channel == .citizen { topics[topic]?.contacts -= count }
            topics[topic]?.owners.formUnion([key.source, key.reader.owner])
        }
        // order-free: sorted below.
        return topics.compactMap { topic, entry in
            guard entry.contacts > 0 else { return nil }
            return LifeEventMap.Spared(
                topic: topic, contacts: Double(entry.contacts) * 1_000 / Double(journeys),
                adapters: entry.owners.count)
        }.sorted { ($1.value, $0.topic) < ($0.value, $1.topic) }
    }
}
