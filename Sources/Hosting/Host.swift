package import AgencyKit
public import Contracts
public import LifeEvents
package import Planes

/// A world as a host knows it: who takes part, and what goes wrong with them.
public struct HostedWorld: Sendable {
    /// Its number.
    public var number: Int32
    /// Its name, for what is told.
    public var name: String
    /// Agencies that hear and act, sorted.
    public var agencies: [AgencyID]
    /// Agencies that hear and never act, sorted.
    public var silent: [AgencyID]
    /// What goes wrong with its agencies; nil: nothing, which costs nothing.
    public var faults: AgencyFaults?
    /// What held before the run, by the ids of the messages that say so: everybody knows it who may.
    public var openings: Set<EventID> = []
    /// The values that it gives to rules, by their names; empty: each has that of the run.
    public var ruleValues: [String: Int] = [:]

    /// A world by its parts.
    public init(
        number: Int32, name: String, agencies: [AgencyID], silent: [AgencyID] = [], faults: AgencyFaults? = nil
    ) {
        self.number = number
        self.name = name
        self.agencies = agencies.sortedOnce()
        self.silent = silent.sortedOnce()
        self.faults = faults
    }
}

/// Plays agencies: holds their cases, timers, outbox and what is parked for them.
///
/// Values go in and values come out: ``due(_:into:)`` gives what is to be published at an instant, ``handle(_:at:)`` takes
/// a slice of what was, ``fireTimers(at:)`` ends an instant. A host knows no Kafka, no database and no clock. One thread
/// owns it.
public final class Host {
    /// Messages that no agency is given, because one trapped on them; each is dead-lettered.
    public var skipped: Set<EventID> = []
    /// Whether reports of rivers and timers are wanted.
    public var wantsReports: Bool {
        get { handling.wantsReports }
        set { handling.wantsReports = newValue }
    }

    /// What each branch of the agencies may be told of each type that it hears, as readings count by.
    public let rights: [ReadingRight]

    let runners: [AgencyRunner]
    let settings: EffectSettings
    let handling: Handling
    /// Whether some runner is told ahead what it will be offered.
    let asksAhead: Bool
    private let hearing: HearingTable
    private var worlds = WorldWindow<JoinedWorld>()
    /// The pages of effects that a checkpoint has, each with the last instant of an effect in it.
    var effectPages: [(number: Int64, lastDue: Instant)] = []
    var nextEffectPage: Int64 = 0
    private let shelfFile: ShelfFile?
    private let overflow: OverflowRoom?
    /// While an agency's code has no more cases than this, all stay in memory, however long they were not handled: some ten
    /// megabytes, and a run of some ten thousand journeys needs no file.
    public static let ordinaryAtHand = 16_384
    /// Of a code that has more, so many stay: with some thirty codes it is memory that counts then, and most that is handled
    /// has stood in the file.
    static let fewAtHand = 1_024
    /// The day, counted from 1970, on which cases were last put away.
    private var lastDay = 0

    /// A host of some agencies.
    /// - Parameters:
    ///   - settings: the run's seed, its grid of instants, and its topics in the order that messages count by.
    ///   - access: what branches may be told.
    ///   - plane: who learns what by which channel; nil: everybody everything at once.
    ///   - folder: where there is room for cases that are not handled for long, and for the messages of an instant that has
    ///     very many; nil: all stay in memory.
    ///   - casesAtHand: while a code has no more, they stay in memory all the same.
    package init(
        _ runners: [AgencyRunner], settings: EffectSettings, access: AccessRights, plane: Plane? = nil,
        folder: String? = nil, casesAtHand: Int = Host.ordinaryAtHand
    ) {
        precondition(casesAtHand >= 0, "no fewer cases than none stay in memory")
        let actors = Set(runners.map { "\($0.owner)/\($0.branch?.name ?? "")/\($0.section ?? "")" })
        precondition(actors.count == runners.count, "codes of one branch have sections, so that their messages differ")
        var rights: [ReadingRight] = []
        for runner in runners { runner.hold(to: access, &rights) }
        self.rights = rights
        self.runners = runners
        asksAhead = runners.contains(where: \.asksAhead)
        self.settings = settings
        handling = Handling(settings)
        hearing = HearingTable(runners, topics: settings.topics)
        handling.deliveries = plane.map {
            DeliveryBook($0, resolution: settings.resolution)
        }
        shelfFile = folder.map { ShelfFile(folder: $0) }
        overflow = folder.map { OverflowRoom(folder: $0) }
        handling.outbox.room = overflow
        if let shelfFile {
            let packing = PackingState()
            let few = min(casesAtHand, Self.fewAtHand)
            for runner in runners { runner.putAway(on: shelfFile, packing, all: casesAtHand, few: few) }
        }
    }

    // MARK: - Worlds

    /// A world joins the run.
    public func join(_ world: HostedWorld) {
        worlds[world.number] = JoinedWorld(world)
        handling.deliveries?.add(world.number, openings: world.openings)
        if !world.ruleValues.isEmpty {
            handling.sink.rulesOfWorlds[world.number] = settings.rules.over(world.ruleValues)
        }
        guard let faults = world.faults, !faults.isEmpty else { return }
        if handling.absences == nil { handling.absences = AbsenceBook(settings) }
        handling.absences?.add(faults, world: world.number)
        if handling.sink.dueRule == nil, !(faults.delays.isEmpty && faults.outages.isEmpty) {
            handling.sink.dueRule = handling.absences
        }
    }

    /// Forgets the state of a world that has ended: what is due in it later fires nowhere.
    /// - Returns: what is worth a line.
    public func end(_ number: Int32) -> [String] {
        for runner in runners { runner.endWorld(number) }
        var record = HandlingRecord()
        if let absences = handling.absences, let world = worlds[number]?.world {
            absences.remove(number, named: world.name, into: &record)
        }
        _ = handling.deliveries?.remove(number)
        if !handling.predecessors.isEmpty {
            record.notices += tellWaiting(handling.predecessors.end(number), in: worlds[number]?.world.name ?? "")
        }
        worlds[number] = nil
        return record.notices
    }

    /// The name of a world that takes part.
    func world(_ number: Int32) -> HostedWorld? { worlds[number]?.world }

    // MARK: - Instants

    /// The earliest instant at which the host has something to do; nil: nothing is planned.
    public var nextDue: Instant? {
        var next = handling.outbox.next
        for runner in runners {
            if let due = runner.nextTimer()?.roundedUp(to: settings.resolution) { next = min(next ?? due, due) }
        }
        if let due = handling.absences?.nextCatchUp { next = min(next ?? due, due) }
        if let due = handling.predecessors.nextDeadline { next = min(next ?? due, due) }
        if let due = handling.deliveries?.nextDue { next = min(next ?? due, due) }
        return next
    }

    /// An empty bucket, for what is published at an instant.
    public func makeBucket() -> OutboxBucket { OutboxBucket(room: overflow) }

    /// Takes what is to be published at an instant; the bucket must be empty.
    public func due(_ instant: Instant, into bucket: inout OutboxBucket) {
        precondition(handling.outbox.next.map { $0 >= instant } ?? true, "a message was not published at its instant")
        guard let taken = handling.outbox.take(instant) else { return }
        bucket = taken
    }

    /// Takes back the memory of a bucket that was published.
    public func recycle(_ bucket: consuming OutboxBucket) { handling.outbox.recycle(bucket) }

    /// Begins an instant: what is announced, and what agencies live through that were away.
    /// - Throws: `EnvelopeError` if a message that was parked is damaged; ``ShelfError``.
    public func begin(_ instant: Instant) throws -> HandlingRecord {
        precondition(instant >= handling.now, "virtual time does not go back")
        try putAwayIdle(HandledDays.day(of: instant))
        handling.now = instant
        handling.record.removeAll()
        handling.letters.removeAll()
        guard let absences = handling.absences else {
            try deliverDue(instant)
            answerQueries()
            return handling.record
        }
        absences.announce(through: instant, into: &handling.record)
        for world in absences.takeCatchUps(instant) {
            for missed in world.takeMissed(through: instant) { try catchUp(missed, world.number) }
        }
        try deliverDue(instant)
        answerQueries()
        return handling.record
    }

    /// Once a virtual day, what was not handled for long is put away.
    private func putAwayIdle(_ day: Int) throws(ShelfError) {
        guard shelfFile != nil, day != lastDay else { return }
        lastDay = day
        for runner in runners { runner.putAwayIdle(on: day) }
        try checkShelf()
    }

    /// Whether all that was put away, cases and messages, could be written and read: to be asked before anything is recorded
    /// that came of them.
    /// - Throws: ``ShelfError`` if not.
    public func checkShelf() throws(ShelfError) {
        if let failure = shelfFile?.failure ?? overflow?.failure { throw failure }
    }

    /// Handles a slice of the instant that was begun.
    /// - Throws: `EnvelopeError` for a message that is no event; ``ShelfError``.
    public func handle(_ slice: borrowing Slice) throws -> HandlingRecord {
        precondition(slice.instant == handling.now, "a slice belongs to the instant that was begun")
        try checkShelf()
        handling.record.removeAll()
        try slice.bytes.withUnsafeBytes { bytes in
            if asksAhead {
                try prepare(slice) { UnsafeRawBufferPointer(rebasing: bytes[$0.start..<$0.start + $0.count]) }
            }
            for (place, message) in slice.messages.enumerated() {
                let value = UnsafeRawBufferPointer(rebasing: bytes[message.start..<message.start + message.count])
                handling.place = Int32(place)
                try offer(message, value, to: slice.addressees.first { $0.place == place }?.agency)
            }
        }
        answerQueries()
        if asksAhead { try checkPrograms() }
        try checkShelf()
        return handling.record
    }

    /// Ends an instant: timers fire that are due by it.
    public func fireTimers(at instant: Instant) -> HandlingRecord {
        precondition(instant == handling.now, "timers fire at the instant that was begun")
        handling.record.removeAll()
        handling.place = nil
        handling.skippedSetters = skipped
        giveUpWaiting(instant)
        for runner in runners { runner.fireTimers(handling) }
        return handling.record
    }

    // MARK: - Offering

    /// - Parameter addressee: the agency that alone is given the message; nil: all that hear it.
    private func offer(_ message: SliceMessage, _ value: UnsafeRawBufferPointer, to addressee: AgencyID?) throws {
        if let book = handling.deliveries, settings.topics[Int(message.topic)].name == CitizenContact.type.topic {
            try release(message, value, book)
        }
        guard let heard = try load(message, value) else { return }
        guard !skipped.contains(message.id) else {
            return handling.deadLetter(
                skippedLetter(message.topic, value), by: nil, owner: heard.type.owner ?? .livsbuss)
        }
        guard let world = worlds[message.world]?.world else { return }
        let rivers = handling.event.envelope.change == .annulled ? heard.annulments : heard.facts
        if addressee == nil { for agency in world.silent { _ = keeps(rivers, agency) } }
        var agencies = world.agencies
        if let addressee { agencies = agencies.filter { $0 == addressee } }
        if let absences = handling.absences {
            agencies = absences.present(agencies, message, value, handling) { keeps(rivers, $0) }
        }
        guard let book = handling.deliveries, addressee == nil else {
            return deliver(rivers, agencies, message, value)
        }
        try offer(heard, rivers, agencies, message, value, by: book)
    }

    /// Notes that an agency that does not act now has the event that is loaded; false if it may not be told.
    private func keeps(_ rivers: [(runner: Int, heard: Int)], _ agency: AgencyID) -> Bool {
        var keeps = false
        for (index, place) in rivers where runners[index].owner == agency.owner {
            if runners[index].noteKeeping(handling, heard: place, by: agency) { keeps = true }
        }
        return keeps
    }

    private func catchUp(_ missed: WorldAbsences.Missed, _ world: Int32) throws {
        try missed.value.withUnsafeBytes { value in
            let message = SliceMessage(
                id: missed.id, world: world, topic: missed.topic, isOutside: missed.isOutside, start: 0,
                count: value.count)
            guard let heard = try load(message, value, known: missed.arrival) else { return }
            handling.place = nil
            guard !skipped.contains(missed.id) else {
                return handling.deadLetter(
                    skippedLetter(missed.topic, value), by: ActingBranch(agency: missed.agency),
                    owner: missed.agency.owner)
            }
            let rivers = handling.event.envelope.change == .annulled ? heard.annulments : heard.facts
            guard let book = handling.deliveries else { return deliver(rivers, [missed.agency], message, value) }
            try offer(heard, rivers, [missed.agency], message, value, by: book)
        }
    }

    /// The letter of the event that is loaded.
    func skippedLetter(_ topic: Int32, _ value: UnsafeRawBufferPointer) -> DeadLetter {
        var letter = DeadLetter(
            .skipped, "the message was left out with --skip", topic: settings.topics[Int(topic)].name,
            original: Array(value))
        letter.id = "\(handling.event.envelope.id)"
        return letter
    }

    /// Reads a message for those who hear its type; nil if nobody does.
    func load(
        _ message: SliceMessage, _ value: UnsafeRawBufferPointer, known: Instant? = nil
    ) throws -> HearingTable.Entry? {
        // Of what nobody hears nothing is read: half of the messages are lines of citizens' pages.
        guard hearing.hears(on: message.topic) else { return nil }
        let event = try ReadEvent.parse(value, &handling.tape)
        guard let heard = hearing.heard(event.type, on: message.topic) else { return nil }
        var envelope = event.envelope
        if message.isOutside { envelope.becomeOutside(as: message.id, knownAt: known ?? handling.now) }
        let sink = handling.sink
        handling.event.load(
            envelope, data: event.data, rules: sink.rulesOfWorlds.isEmpty ? nil : sink.rules(in: message.world))
        handling.reduced.forget()
        handling.world = message.world
        if handling.deliveries != nil { handling.eventType = heard.type.name }
        return heard
    }

    /// Lets agencies handle the event that is loaded; what they cannot handle goes to their dead letters.
    func deliver(
        _ rivers: [(runner: Int, heard: Int)], _ agencies: [AgencyID], _ message: SliceMessage,
        _ value: UnsafeRawBufferPointer
    ) {
        handling.failures.removeAll(keepingCapacity: true)
        handling.waiting.removeAll(keepingCapacity: true)
        for (index, place) in rivers { runners[index].handle(handling, heard: place, agencies: agencies) }
        if !handling.waiting.isEmpty { noteWaiting(message.topic, value, isOutside: message.isOutside) }
        guard !handling.failures.isEmpty else { return }
        for failure in handling.failures {
            var letter = DeadLetter(
                .notHandled, failure.description, topic: settings.topics[Int(message.topic)].name,
                original: Array(value))
            letter.id = "\(handling.event.envelope.id)"
            handling.deadLetter(
                letter, by: failure.by, owner: failure.by.agency.owner)
        }
    }
}

/// A world that takes part; a class, so that asking for it for each message copies nothing of it.
private final class JoinedWorld {
    let world: HostedWorld

    init(_ world: HostedWorld) { self.world = world }
}
