import JSON
import Kafka
import LifeEvents

/// What faults do to an instant's records on their way.
struct Strikes {
    /// Records that arrive damaged, with their damaged values, and whether each has come.
    var damaged = Outbox.Bucket()
    var hasCome: [Bool] = []
    /// Records that come more often, by their ids.
    var repeats: [(id: EventID, times: Int)] = []
    /// Records whose order is permuted among them.
    var groups: [[EventID]] = []

    var isEmpty: Bool { damaged.entries.isEmpty && repeats.isEmpty && groups.isEmpty }
}

extension Engine {
    /// What strikes the records of an instant; damaged ones are taken out of the bucket.
    func strikes(_ due: inout Outbox.Bucket, _ instant: Instant) -> Strikes? {
        var strikes = Strikes()
        var groups: [(key: UInt64, ids: [EventID], subjects: [Subject])] = []
        var lost: [Int] = []
        for (place, entry) in due.entries.enumerated() where entry.world >= 0 {
            guard let faults = faultBook[entry.world], !faults.plan.strikes.isEmpty else { continue }
            let range = entry.start..<entry.start + entry.count
            let type = due.bytes.withUnsafeBytes { bytes in
                (try? Self.read(UnsafeRawBufferPointer(rebasing: bytes[range]), &effectTape))?.type.string
            }
            guard let type else { continue }
            for (index, strike) in faults.plan.strikes.enumerated()
            where strike.window.contains(instant) && strike.messages.contain(type, entry.subject) {
                faults.counts[index] += 1
                faults.isChanged = true
                switch strike.kind {
                case .duplicate(let times):
                    strikes.repeats.append((entry.id, times))
                    tell(faults, "duplicate", entry.id, nil, "\(type) comes \(times + 1) times", instant)
                case .reorder:
                    let key = UInt64(entry.world) << 32 | UInt64(index)
                    let group = groups.firstIndex { $0.key == key } ?? groups.count
                    if group == groups.count { groups.append((key, [], [])) }
                    groups[group].ids.append(entry.id)
                    if !groups[group].subjects.contains(entry.subject) { groups[group].subjects.append(entry.subject) }
                case .corruptFirst(let count) where faults.counts[index] <= count,
                    .corruptOnly(let count) where faults.counts[index] == count:
                    guard lost.last != place else { continue }
                    lost.append(place)
                    faults.damaged.append(entry.id)
                    strikes.addDamaged(entry, due.bytes[range])
                    tell(faults, "corrupt", entry.id, type, "\(type) arrives damaged", instant)
                case .corruptFirst, .corruptOnly: break
                }
            }
        }
        for group in groups where group.subjects.count > 1 {
            strikes.groups.append(group.ids)
            guard let faults = faultBook[Int32(group.key >> 32)], let first = group.ids.first else { continue }
            tell(
                faults, "reordered", first, nil, "\(group.ids.count) messages are published in another order", instant)
        }
        for place in lost.reversed() { due.entries.remove(at: place) }
        return strikes.isEmpty ? nil : strikes
    }

    private func tell(
        _ faults: WorldFaults, _ kind: String, _ id: EventID, _ target: String?, _ text: String, _ instant: Instant
    ) {
        observer.fault?(
            ObservedFault(
                world: Int(faults.number), time: instant, kind: kind, target: target, message: id, text: text))
    }

    /// Permutes groups of records; those of one subject keep their order.
    func reordered(_ bucket: Outbox.Bucket, _ groups: [[EventID]], _ instant: Instant) -> Outbox.Bucket {
        var bucket = bucket
        for ids in groups {
            let places = bucket.entries.indices.filter { ids.contains(bucket.entries[$0].id) }
            let entries = places.map { bucket.entries[$0] }.sorted { $0.id < $1.id }
            var subjects = entries.map(\.subject)
            var stream = RandomStream(state: settings.seed &+ UInt64(bitPattern: instant.milliseconds))
            for index in subjects.indices.reversed() where index > 0 {
                subjects.swapAt(index, stream.uniform(below: index + 1))
            }
            // A shuffle may leave all as it was, and then nothing would be tried.
            if subjects == entries.map(\.subject) { subjects.append(subjects.removeFirst()) }
            var waiting = entries
            for (place, subject) in zip(places, subjects) {
                guard let next = waiting.firstIndex(where: { $0.subject == subject }) else { continue }
                bucket.entries[place] = waiting.remove(at: next)
            }
        }
        return bucket
    }

    /// Publishes what faults add to an instant: damaged records, and further copies.
    func sendStrikes(_ flight: Flight, times: Int) throws(KafkaError) {
        guard let strikes = flight.strikes else { return }
        try bus.send(strikes.damaged, 0..<strikes.damaged.entries.count, times: times)
        for copy in strikes.repeats {
            guard let place = flight.place(of: copy.id) else { continue }
            try bus.send(flight.due, place..<place + 1, times: copy.times)
        }
    }

    /// Takes a record that is no event if the run damaged it itself; false if it did not.
    func takeDamaged(_ text: UnsafeRawBufferPointer, _ topic: Int32, _ reason: String) -> Bool {
        guard hasFaults, (try? effectTape.parse(text)) != nil,
            let id = effectTape.root["id"]?.string.flatMap({ EventID(text: $0) }), let now = schedule.now
        else { return false }
        if let flight = schedule.flight, let place = flight.placeOfDamaged(id, text) {
            guard flight.arriveDamaged(place) else {
                result.redelivered += 1
                return true
            }
            let entry = flight.damagedEntry(place)
            bury(
                Array(text), reason: reason, topic: topic, owner: nil, agency: nil, world: entry?.world ?? -1,
                subject: entry?.subject, now)
            return true
        }
        if faultBook.all.contains(where: { $0.damaged.contains(id) }) {
            result.redelivered += 1
            return true
        }
        // A resumed run finds what its former life has damaged before it does so itself.
        guard id.isVersion7, id.milliseconds > now.milliseconds, id.milliseconds % settings.resolution == 0 else {
            return false
        }
        let instant = Instant(milliseconds: id.milliseconds)
        schedule.parked[instant, default: []].append(
            ForeignRecord(instant: instant, topic: topic, value: Array(text)))
        return true
    }

    // MARK: - The broker

    /// Makes the broker fail, or right again, before an instant's messages are published.
    /// - Returns: whether it takes no connections until ``bringBrokerUp()``.
    func strikeBroker(_ instant: Instant) throws(KafkaError) -> Bool {
        var isDown = false
        for faults in faultBook.withBrokerFaults() {
            for (index, fault) in faults.plan.brokerFaults.enumerated() where instant >= fault.window.from {
                if !faults.brokerStates[index].begun {
                    faults.brokerStates[index].begun = true
                    guard fault.window.contains(instant) else { continue }
                    switch fault.kind {
                    case .down:
                        try bus.inject(.down(broker: nil))
                        isDown = true
                    case .latency(let milliseconds):
                        try bus.inject(.latency(broker: nil, milliseconds: Int32(clamping: milliseconds)))
                    case .fails(let request, let code, let times):
                        try bus.inject(.failNext(request, code, count: times))
                    }
                    observer.fault?(
                        ObservedFault(
                            world: Int(faults.number), time: instant, until: fault.window.end, kind: "broker",
                            target: "broker", message: nil, text: fault.text))
                } else if !faults.brokerStates[index].over, !fault.window.contains(instant) {
                    faults.brokerStates[index].over = true
                    switch fault.kind {
                    case .down: break
                    case .latency: try bus.inject(.latency(broker: nil, milliseconds: 0))
                    case .fails(let request, _, _): try bus.inject(.failNoMore(request))
                    }
                }
            }
        }
        return isDown
    }

    /// Ends what ``strikeBroker(_:)`` began.
    func bringBrokerUp() throws(KafkaError) { try bus.inject(.up(broker: nil)) }
}

extension Strikes {
    /// Adds a record with one bit flipped in the version of the envelope, so that it is no event but still says which
    /// it was.
    fileprivate mutating func addDamaged(_ entry: OutboxEntry, _ value: ArraySlice<UInt8>) {
        var value = Array(value)
        let place = #"{"specversion":""#.utf8.count
        if place < value.count { value[place] ^= 0x40 }
        value.withUnsafeBytes {
            _ = damaged.append(entry.id, entry.topic, entry.world, entry.subject, $0)
        }
        hasCome.append(false)
    }
}

extension Flight {
    /// The place of a damaged record among those that were damaged at this instant.
    func placeOfDamaged(_ id: EventID, _ value: UnsafeRawBufferPointer) -> Int? {
        guard let damaged = strikes?.damaged, let place = damaged.entries.firstIndex(where: { $0.id == id }) else {
            return nil
        }
        let entry = damaged.entries[place]
        let isSame = damaged.bytes.withUnsafeBytes { bytes in
            UnsafeRawBufferPointer(rebasing: bytes[entry.start..<entry.start + entry.count]).holdsSameBytes(as: value)
        }
        return isSame ? place : nil
    }

    func damagedEntry(_ place: Int) -> OutboxEntry? { strikes?.damaged.entries[place] }

    /// Notes that a damaged record has come; false if it had before.
    func arriveDamaged(_ place: Int) -> Bool {
        guard strikes?.hasCome[place] == false else { return false }
        strikes?.hasCome[place] = true
        return true
    }
}
