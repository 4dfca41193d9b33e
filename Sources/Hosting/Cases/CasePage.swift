import AgencyKit
import JSON
import LifeEvents

/// A page of cases as a checkpoint keeps it.
public struct CasePage: Sendable {
    /// Its number; a later page has a greater one.
    public let number: Int64
    /// How much memory its cases hold, about, in bytes: of those that are not packed what they point to is not counted.
    public let size: Int
    private let content: (@Sendable (FormerPages) throws -> [UInt8])?

    /// A page that is dropped.
    init(dropped number: Int64) {
        self.number = number
        size = 0
        content = nil
    }

    /// A page with cases as they are now.
    init<Case: AgencyCase>(_ number: Int64, _ kept: [KeptCase<Case>]) {
        self.number = number
        size = kept.reduce(kept.count * MemoryLayout<KeptCase<Case>>.stride) { $0 + $1.packedSize }
        content = { _ in try KeptCase.page(kept) }
    }

    /// A page with cases as they stand in other pages, which go: nothing of them is read but where they begin and end.
    init(_ number: Int64, from places: FormerPlaces) {
        self.number = number
        size = places.count * MemoryLayout<Int32>.stride
        content = { former in
            var writer = PageWriter()
            for page in places.pages {
                let wanted = Set(page.slots)
                var found = 0
                try former(page.number).withUnsafeBytes { bytes in
                    var reader = PageReader(bytes)
                    while !reader.isAtEnd {
                        guard let slot = reader.number(Int32.self), let content = reader.measured() else {
                            throw DamagedPage()
                        }
                        guard wanted.contains(slot) else { continue }
                        found += 1
                        writer.number(slot)
                        writer.measured { $0.bytes.append(contentsOf: content) }
                    }
                }
                guard found == wanted.count else { throw DamagedPage() }
            }
            return writer.bytes
        }
    }

    /// Gives what a page of the same runner holds in the store, by its number: it was written by an earlier checkpoint, and
    /// is dropped after it was asked for.
    public typealias FormerPages = (Int64) throws -> [UInt8]

    /// The cases in it; nil: the page is dropped. Written at each call, on the thread of the caller.
    /// - Throws: what a case throws that cannot be encoded, and what `former` throws.
    public func value(_ former: FormerPages) throws -> [UInt8]? { try content?(former) }
}

/// A case as it was at a checkpoint; without content where it had ended.
struct KeptCase<Case: AgencyCase>: Sendable {
    /// The agency's own state: as it is, or packed since it was not handled for long.
    enum State {
        case asItIs(Case)
        case packed([UInt8])

        /// The state.
        func value(_ packing: @autoclosure () -> PackingState) throws -> Case {
            switch self {
            case .asItIs(let state): return state
            case .packed(let bytes):
                let packing = packing()
                packing.bytes.set(count: bytes.count) { $0.copyBytes(from: bytes) }
                return try packing.unpack(Case.self)
            }
        }
    }

    var slot: Int32
    var content: (key: CaseKey, timers: [TimerRecord], state: State)?

    /// How many bytes it is, if it is packed.
    var packedSize: Int {
        if case .packed(let bytes)? = content?.state { bytes.count } else { 0 }
    }

    static func page(_ cases: [Self]) throws -> [UInt8] {
        var page = PageWriter()
        // Of its own: a page is written on another thread than that which packs cases. Most pages have none that is packed.
        lazy var packing = PackingState()
        page.bytes.reserveCapacity(cases.count * 256)
        var writer = JSONWriter(capacity: 1_024)
        for kept in cases {
            page.number(kept.slot)
            try page.measured { page in
                guard let content = kept.content else { return }
                page.head(content.key, content.timers)
                writer.removeAll()
                try writer.encode(content.state.value(packing))
                writer.withUnsafeBytes { page.bytes.append(contentsOf: $0) }
            }
        }
        return page.bytes
    }

    /// Reads the cases of a page.
    static func read(_ page: UnsafeRawBufferPointer, _ body: (Self) throws -> Void) throws {
        var reader = PageReader(page)
        var tape = JSONTape()
        while !reader.isAtEnd {
            guard let slot = reader.number(Int32.self), slot >= 0, let text = reader.measured() else {
                throw DamagedPage()
            }
            guard !text.isEmpty else {
                try body(Self(slot: slot))
                continue
            }
            var inner = PageReader(text)
            guard let (key, timers) = inner.head() else { throw DamagedPage() }
            try tape.parse(inner.rest)
            try body(Self(slot: slot, content: (key, timers, .asItIs(try tape.root.decode(Case.self)))))
        }
    }
}

extension PageWriter {
    /// Writes whose case it is, and its timers.
    fileprivate mutating func head(_ key: CaseKey, _ timers: [TimerRecord]) {
        number(key.world)
        number(key.agency.words.0)
        number(key.agency.words.1)
        number(key.subject.rawValue)
        number(Int32(timers.count))
        for timer in timers {
            measured { $0.bytes.append(contentsOf: timer.name.utf8) }
            number(timer.due.milliseconds)
            id(timer.setter)
            number((timer.correlation == nil ? 0 : 1) | (timer.heldUntil == nil ? 0 : 2) as UInt8)
            if let correlation = timer.correlation { id(correlation) }
            if let heldUntil = timer.heldUntil { number(heldUntil.milliseconds) }
        }
    }
}

extension PageReader {
    /// Reads what ``PageWriter`` wrote of a case before its state.
    fileprivate mutating func head() -> (key: CaseKey, timers: [TimerRecord])? {
        guard let world = number(Int32.self), let high = number(UInt64.self), let low = number(UInt64.self),
            let agency = AgencyID(words: (high, low)),
            let subject = number(UInt64.self).flatMap({ Subject(rawValue: $0) }), let count = number(Int32.self)
        else { return nil }
        var timers: [TimerRecord] = []
        for _ in 0..<count {
            guard let name = measured(), let due = number(Int64.self), let setter = id(),
                let parts = number(UInt8.self)
            else { return nil }
            timers.append(
                TimerRecord(
                    name: String(decoding: name, as: UTF8.self), due: Instant(milliseconds: due), setter: setter,
                    correlation: parts & 1 != 0 ? id() : nil,
                    heldUntil: parts & 2 != 0 ? number(Int64.self).map { Instant(milliseconds: $0) } : nil))
        }
        return (CaseKey(world: world, agency: agency, subject: subject), timers)
    }
}

/// A page of cases that cannot be read.
struct DamagedPage: Error, CustomStringConvertible {
    var description: String { "a page of cases is damaged" }
}
