import LifeEvents

/// Where the newest version of each case was written: a log of pages, one or more a checkpoint.
///
/// Changed cases go into new pages, since one row a case would change a page of the file for each of them. When most
/// of what the log holds is out of date, the oldest page goes: what is still the newest version in it is written again.
/// Nothing older stands behind the oldest page, so the word that a case is gone needs no keeping there.
struct CasePageLog {
    private struct Page {
        var number: Int64
        var slots: [Int32]
    }

    private var pages: [Page] = []
    /// By slot: the page with its newest version; -1 without one.
    private var newest = PagedArray(repeating: Int32(-1))
    private var next: Int64 = 0
    private var entries = 0
    private var live = 0

    private static let slack = 4_096

    /// Takes away the oldest pages while most of the log is out of date; the slots that must be written again.
    mutating func clean(_ dropped: (_ page: Int64, _ slot: Int32?) -> Void) {
        var count = 0
        while count < pages.count, entries > 2 * live + Self.slack {
            let page = pages[count]
            count += 1
            entries -= page.slots.count
            dropped(page.number, nil)
            for slot in page.slots where Int64(newest[Int(slot)]) == page.number { dropped(page.number, slot) }
        }
        pages.removeFirst(count)
    }

    /// Whether a version of the slot's case stands in some page.
    func holds(_ slot: Int) -> Bool { slot < newest.count && newest[slot] >= 0 }

    /// Notes that a page was written: its slots, and which of them hold a case.
    mutating func add(slots: [Int32], isLive: (Int32) -> Bool) -> Int64 {
        let number = next
        note(page: number, slots: slots, isLive: isLive)
        return number
    }

    /// Pages have numbers of 31 bits: one a second lasts for 68 years.
    static let pageNumbers: Range<Int64> = 0..<Int64(Int32.max)

    /// Notes a page that was written in a former life; its number is one of ``pageNumbers``.
    mutating func note(page number: Int64, slots: [Int32], isLive: (Int32) -> Bool) {
        precondition(Self.pageNumbers.contains(number), "a run writes at most \(Self.pageNumbers.count) pages of cases")
        next = number + 1
        entries += slots.count
        for slot in slots {
            let place = Int(slot)
            while newest.count <= place { newest.appendPage() }
            if newest[place] >= 0 { live -= 1 }
            newest[place] = isLive(slot) ? Int32(number) : -1
            if newest[place] >= 0 { live += 1 }
        }
        pages.append(Page(number: number, slots: slots))
    }
}

/// Writes fixed-width numbers and byte strings with their length.
struct PageWriter {
    var bytes: [UInt8] = []

    mutating func number<T: FixedWidthInteger>(_ value: T) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func id(_ id: EventID) {
        number(id.high)
        number(id.low)
    }

    /// Leaves room for a length and fills it when the body has written.
    mutating func measured(_ body: (inout Self) throws -> Void) rethrows {
        let place = bytes.count
        number(0 as Int32)
        try body(&self)
        let count = Int32(bytes.count - place - 4).littleEndian
        withUnsafeBytes(of: count) { length in
            for index in 0..<4 { bytes[place + index] = length[index] }
        }
    }
}

/// Reads what a `PageWriter` wrote; nil where the bytes end too early.
struct PageReader {
    let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// What has not been read.
    var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[position...]) }

    var isAtEnd: Bool { position >= bytes.count }

    mutating func number<T: FixedWidthInteger>(_ type: T.Type) -> T? {
        let size = MemoryLayout<T>.size
        guard position + size <= bytes.count else { return nil }
        defer { position += size }
        return T(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: T.self))
    }

    mutating func id() -> EventID? {
        guard let high = number(UInt64.self), let low = number(UInt64.self) else { return nil }
        return EventID(high: high, low: low)
    }

    mutating func measured() -> UnsafeRawBufferPointer? {
        guard let count = number(Int32.self), count >= 0, position + Int(count) <= bytes.count else { return nil }
        defer { position += Int(count) }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + Int(count)])
    }
}
