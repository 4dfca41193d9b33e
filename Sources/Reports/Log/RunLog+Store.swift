public import CitizenStatus
import JSON
import LifeEvents

extension RunLog {
    /// What a run's store knows of it: messages, who read them and tiles, but not which rules, timers and expectations.
    /// - Throws: `StoreError`, `DatabaseError`.
    public init(store: StatusStore) throws { try self.init(stores: [store], name: store.path) }

    /// What the stores of a run's passes know of it, their worlds in the order of the stores.
    /// - Throws: as ``init(store:)``.
    public init(stores: [StatusStore], name: String) throws {
        guard let first = stores.first else { throw RunLogError(file: name, reason: "no store of the run is there") }
        var log = try Self.part(first, name: name)
        for store in stores.dropFirst() {
            let part = try Self.part(store, name: name)
            for var world in part.worlds {
                world.start?.number = log.worlds.count
                log.worlds.append(world)
            }
            log.outside.messages += part.outside.messages
            log.outside.deliveries += part.outside.deliveries
            log.outside.statusChanges += part.outside.statusChanges
        }
        self = log
    }

    private static func part(_ store: StatusStore, name: String) throws -> RunLog {
        let seed = try store.property("seed").flatMap { UInt64($0) } ?? 0
        var log = RunLog(
            name: name,
            start: RunStart(
                schema: RunRecord.schemaVersion, program: "livsbuss", seed: seed, broker: "unknown", partitions: nil,
                resolution: 1, settings: [:], resumed: nil))
        log.isOfStore = true
        var people: [Int32: [PersonRow]] = [:]
        for person in try store.persons() where person.world >= 0 && !person.name.isEmpty {
            people[person.world, default: []].append(person)
        }
        for world in try store.worlds() {
            // order-free: the list of one world
            let own = people[world.world] ?? []
            log.worlds.append(
                WorldLog(
                    start: WorldStart(
                        number: log.worlds.count, scenario: world.scenario, name: own.first?.caseName ?? "",
                        file: "", line: 0, params: [:], start: .earliest,
                        people: own.map { WorldStart.Person(name: $0.name, key: $0.key.description) }, agencies: [],
                        repro: ""
                    ).escaped()))
        }
        try log.addMessages(of: store)
        return log
    }

    private mutating func addMessages(of store: StatusStore) throws {
        let names = worlds.map(\.names)
        var tape = JSONTape()
        var tiles = TileLines()
        var read: [(world: Int?, id: EventID)] = []
        var found: [RunRecord] = []
        try store.eachMessage { message in
            try tape.parse(message.value)
            let event = try ReadEvent(tape.root)
            var envelope = event.envelope
            if message.isOutside { envelope.time = message.instant }
            let world = message.world >= 0 && names.indices.contains(Int(message.world)) ? Int(message.world) : nil
            let type = event.type.string ?? ""
            func name(_ key: Subject) -> String { world.flatMap { names[$0][key.description] } ?? key.description }
            found.append(
                .publish(
                    Publish(
                        envelope, type: type, data: event.data, world: world, isOutside: message.isOutside,
                        subject: name(envelope.subject))))
            if let change = tiles.change(envelope, type: type, data: event.data, world: world, name: name) {
                found.append(.statusChange(change))
            }
            read.append((world, envelope.id))
        }
        for record in found { try add(record) }
        for (world, id) in read {
            for agency in try store.readers(of: id) {
                try add(
                    .deliver(
                        Delivery(
                            case: world, message: id, agency: agency.description, river: "", outcome: .handled,
                            file: "", line: 0)))
            }
        }
    }
}
