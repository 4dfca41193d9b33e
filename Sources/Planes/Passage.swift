public import Contracts
public import LifeEvents

/// A message on its way to a reader: when it knows, and by which row.
public struct Passage: Sendable {
    /// When a reader knows.
    public enum Known: Hashable, Sendable {
        /// At the message's instant.
        case now
        /// Later.
        case at(Instant)
        /// When a citizen has told it.
        case told
        /// When it asks.
        case asked
        /// Never.
        case never
    }

    /// When.
    public var known: Known
    /// The way.
    public var channel: Channel
    /// The row.
    public var row: PlaneRow
    /// Of a batch that is a snapshot: the end of the window; what is annulled before it is not in the run.
    public var windowEnd: Instant?
    /// Of what people carry: the working days until what they brought is registered.
    public var intake = 0
    /// Whether the reader's own mapping could not read it, and it is known when that is mended.
    public var isBroken = false

    /// How reports name the way.
    public var way: String { isBroken ? Self.broken : channel.name }
    /// The way of what a reader's own mapping could not read at first.
    public static let broken = "broken"
}

/// A message as a plane sees it.
public struct PlaneMessage: Sendable {
    /// Its type's name.
    public let type: String
    /// Who said it.
    public var source: AgencyID?
    /// Whom it is about.
    public var subject: Subject
    /// When it is on the bus.
    public var now: Instant
    /// What draws for it hang on.
    public var occasion: Occasion

    /// Whether it answers a need.
    var isAnswer: Bool { type.split(separator: ".").dropFirst().first == "answer" }
    /// Whether people or employers file it; found once, for a message is asked about for each of its readers.
    let isFiling: Bool

    /// A message by its parts.
    public init(type: EventType, source: AgencyID?, subject: Subject, now: Instant, occasion: Occasion) {
        self.type = type.name
        isFiling = type.isFiling
        self.source = source
        self.subject = subject
        self.now = now
        self.occasion = occasion
    }
}

extension Plane {
    /// The way of a message to a branch of an agency; nil: it is told at once, whatever the plane. People are told of tiles
    /// at once, too: when they see them is ``seen(_:code:by:in:at:seed:)``.
    ///
    /// What people and employers file, what the bus itself says and what an owner says to a branch of its own is known at
    /// once, unless a row of the plane that is `internal` says otherwise of the last.
    public func passage(_ message: PlaneMessage, to reader: Party, of agency: AgencyID, seed: UInt64) -> Passage? {
        guard let source = message.source, source.owner != .citizen, source.owner != .livsbuss,
            reader.owner != .citizen, !message.isFiling
        else { return nil }
        let isInternal = source == agency
        if !isInternal,
            let rule = joining.rule(from: source, to: agency, reader.branch, on: Stockholm.day(of: message.now))
        {
            let row = PlaneRow(
                type: .all, readers: rule.readers, codes: [], isInternal: false, channel: .bus, share: nil,
                otherwise: nil, source: rule.source, mark: rule.mark, file: rule.file, line: rule.line)
            return taken(in: Passage(known: .now, channel: .bus, row: row), message, reader, agency, seed)
        }
        guard let row = row(message.type, for: reader, of: agency, isInternal: isInternal) else {
            return isInternal ? nil : Passage(known: .never, channel: .none, row: Self.nowhere)
        }
        let draws = Draws(seed: seed, file: row.file, reader: reader, agency: agency, message: message)
        var channel = row.channel
        if let share = row.share, let otherwise = row.otherwise, !draws.isIn(share) { channel = otherwise }
        let passage = passage(message.now, by: channel, row, draws)
        return isInternal ? passage : taken(in: passage, message, reader, agency, seed)
    }

    /// What comes by machine is known when the municipality's own system has taken it in.
    private func taken(
        in passage: Passage, _ message: PlaneMessage, _ reader: Party, _ agency: AgencyID, _ seed: UInt64
    ) -> Passage {
        guard agency.owner == .kommun else { return passage }
        var (passage, known) = (passage, message.now)
        switch (passage.channel, passage.known) {
        case (.bus, .now), (.front, .now): break
        case (.bus, .at(let instant)), (.batch, .at(let instant)): known = instant
        default: return passage
        }
        let arrived = known
        if let vendor = joining.vendor {
            switch vendor.kind(of: agency) {
            case .open: break
            case .file:
                // An extract is such a file.
                if case .bus = passage.channel { known = BatchCalendar.night(after: known) }
            case .print:
                let draws = Draws(seed: seed, file: vendor.place, reader: reader, agency: agency, message: message)
                let wait = draws.draw(vendor.rekey, .print(rekey: vendor.rekey, wrong: 0, discover: .nothing), "rekey")
                known = Office.opens.on(Office.after(max(1, wait), Stockholm.day(of: known)))
            }
        }
        if let broken = joining.drift?.broken(agency, message.type), broken.contains(Stockholm.day(of: known)) {
            known = Office.opens.on(broken.upperBound)
            passage.isBroken = true
        }
        if known > arrived { passage.known = .at(known) }
        return passage
    }

    private func passage(_ now: Instant, by channel: Channel, _ row: PlaneRow, _ draws: Draws) -> Passage {
        func known(_ instant: Instant) -> Passage {
            Passage(known: instant > now ? .at(instant) : .now, channel: channel, row: row)
        }
        let today = Stockholm.day(of: now)
        switch channel {
        case .bus, .post: return known(now)
        case .none, .front, .pull: return Passage(known: .never, channel: channel, row: row)
        case .citizen(let rule):
            return Passage(
                known: .told, channel: channel, row: row, intake: draws.draw(rule.intake, channel, "intake"))
        case .query(_, let answer):
            // An answer is said to who has asked.
            guard draws.message.isAnswer else { return Passage(known: .asked, channel: channel, row: row) }
            let days = draws.draw(answer, channel, "answer")
            return known(days == 0 ? now : now + .days(Int64(days)))
        case .batch(let calendar, _):
            let run = calendar.run(holding: now)
            return Passage(
                known: .at(run.known), channel: channel, row: row, windowEnd: calendar.isSnapshot ? run.windowEnd : nil)
        case .file(let at):
            return known(BatchCalendar.night(after: now, at: at))
        case .letter(let days, let intake):
            let posted = SwedishCalendar.adding(workingDays: 1, to: today)
            let arrived = Office.open(posted.adding(days: draws.draw(days, channel, "days")))
            return known(TimeOfDay(10).on(Office.after(draws.draw(intake, channel, "intake"), arrived)))
        case .function(let read):
            let wait = draws.draw(read, channel, "read")
            return known(wait == 0 ? Office.next(now) : Office.opens.on(Office.after(wait, today)))
        case .phone(let chance, let delay, let otherwise):
            guard draws.happens(chance, channel, "chance") else { return passage(now, by: otherwise, row, draws) }
            let wait = draws.draw(delay, channel, "delay")
            return known(wait == 0 ? Office.next(now) : Office.opens.on(Office.after(wait, today)))
        case .print(let rekey, let wrong, let discover):
            var day = Office.after(draws.draw(rekey, channel, "rekey"), today)
            if draws.happens(wrong, channel, "wrong") {
                day = Office.open(day.adding(days: draws.draw(discover, channel, "discover")))
            }
            return known(Office.opens.on(day))
        }
    }

    /// Where no row is for a message to an agency: it never learns it.
    private static let nowhere = PlaneRow(
        type: .all, readers: [.all], codes: [], isInternal: false, channel: .none, share: nil, otherwise: nil,
        source: nil,
        mark: .assumption, file: "no row", line: 0)
}

/// The hours of offices.
package enum Office {
    /// When they open.
    package static let opens = TimeOfDay(8)
    /// After it nobody reads what comes in before the next working day; an assumption.
    package static let closes = TimeOfDay(16)

    /// A day, or the next working day.
    package static func open(_ day: Day) -> Day {
        SwedishCalendar.isWorkingDay(day) ? day : SwedishCalendar.adding(workingDays: 1, to: day)
    }

    /// So many working days after a day; with none the day itself.
    package static func after(_ count: Int, _ day: Day) -> Day {
        count == 0 ? day : SwedishCalendar.adding(workingDays: count, to: day)
    }

    /// An instant in office hours, or when offices open next.
    package static func next(_ instant: Instant) -> Instant {
        let day = Stockholm.day(of: instant)
        if SwedishCalendar.isWorkingDay(day) {
            if instant < opens.on(day) { return opens.on(day) }
            if instant < closes.on(day) { return instant }
        }
        return opens.on(SwedishCalendar.adding(workingDays: 1, to: day))
    }
}

/// What is drawn for a message to a reader: by names, so that each draw is the same in every plane.
struct Draws {
    let seed: UInt64
    /// The file of the row: planes that extend it draw alike.
    let file: String
    let reader: Party
    let agency: AgencyID
    let message: PlaneMessage

    private func stream(_ channel: String, _ parameter: String) -> RandomStream {
        RandomStream(
            seed: seed, agency: agency, subject: message.subject, purpose: "\(reader.branch)/\(channel)/\(parameter)",
            occasion: message.occasion)
    }

    func draw(_ spread: Spread, _ channel: Channel, _ parameter: String) -> Int {
        var stream = stream(channel.name, parameter)
        return spread.draw(&stream)
    }

    func happens(_ chance: Double, _ channel: Channel, _ parameter: String) -> Bool {
        var stream = stream(channel.name, parameter)
        return stream.unit() < chance
    }

    /// Whether the row's share holds the reader, where the owner is many agencies, or else the message.
    func isIn(_ share: Double) -> Bool {
        guard agency.number != nil else { return happens(share, .none, "share") }
        var hash = SipHash24(key: SipHash24.Key(0x7368_6172_6500_0000, 0x706C_616E_6500_0000))
        hash.append(field: file.split(separator: "/").last ?? "")
        agency.feed(&hash)
        return Double(hash.finalize() >> 11) * 0x1p-53 < share
    }
}
