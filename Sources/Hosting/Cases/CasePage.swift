import AgencyKit
import JSON
import LifeEvents

/// A page of cases as a checkpoint keeps it.
public struct CasePage: Sendable {
    /// Its number; a later page has a greater one.
    public let number: Int64
    /// How much memory its cases hold, about, in bytes: what they point to is not counted.
    public let size: Int
    private let cases: (@Sendable () throws -> [UInt8])?

    /// A page that is dropped.
    init(dropped number: Int64) {
        self.number = number
        size = 0
        cases = nil
    }

    /// A page with cases as they are now.
    init<Case: AgencyCase>(_ number: Int64, _ kept: [KeptCase<Case>]) {
        self.number = number
        size = kept.count * MemoryLayout<KeptCase<Case>>.stride
        cases = { try KeptCase.page(kept) }
    }

    /// The cases in it; nil: the page is dropped. Written at each call, on the thread of the caller.
    /// - Throws: what a case throws that cannot be encoded.
    public func value() throws -> [UInt8]? { try cases?() }
}

/// A case as it was at a checkpoint; without content where it had ended.
struct KeptCase<Case: AgencyCase>: Sendable {
    var slot: Int32
    var content: (key: CaseKey, timers: [TimerRecord], state: Case)?

    static func page(_ cases: [Self]) throws -> [UInt8] {
        var page = PageWriter()
        page.bytes.reserveCapacity(cases.count * 256)
        var writer = JSONWriter(capacity: 1_024)
        for kept in cases {
            page.number(kept.slot)
            try page.measured { page in
                guard let content = kept.content else { return }
                page.head(content.key, content.timers)
                writer.removeAll()
                try writer.encode(content.state)
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
            try body(Self(slot: slot, content: (key, timers, try tape.root.decode(Case.self))))
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
