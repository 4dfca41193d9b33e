import AgencyKit
import JSON

/// The cases of one agency's code that are not handled for long, packed, one after another in sections of a file.
///
/// Each code has sections of its own: cases that are paid every month leave theirs within a month of each other, and a
/// section that all have left is used again. So nothing is ever moved.
final class CaseShelf {
    let file: ShelfFile
    private let packing: PackingState
    /// The section that is filled, as it will be written.
    private var section = -1
    private var filled: [UInt8] = []
    /// By section of the file: the bytes of cases that stand in it; only of sections of this shelf.
    private var live: [Int32: Int32] = [:]
    /// A section that was read as a whole: on the day on which benefits are paid one case is read after the other.
    private var cached: [UInt8] = []
    private var cachedSection = -1
    private var lastRead = -1
    /// So many cases are read when they are packed, in a debug build all: a type that does not read itself in the order in
    /// which it writes itself is not packed.
    private var toTry = CaseShelf.tries
    /// Whether no case of the type is packed, since one did not come back as it was.
    private var isRefused = false
    /// Whether some case was not packed.
    private(set) var hasRefused = false

    #if MUTATIONS
        private static let tries = Int.max
    #else
        private static let tries = 64
    #endif
    /// So many bits of a place are the length of a case.
    private static let lengthBits = 16

    init(_ file: ShelfFile, _ packing: PackingState) {
        self.file = file
        self.packing = packing
    }

    /// Puts a case away.
    /// - Returns: its place; nil if it cannot be packed.
    func put<Case: AgencyCase>(_ state: Case) -> Int? {
        guard !isRefused, file.failure == nil else { return nil }
        guard (try? packing.pack(state)) != nil else {
            hasRefused = true
            return nil
        }
        if toTry > 0 {
            toTry -= 1
            guard staysSame(state) else {
                (isRefused, hasRefused) = (true, true)
                return nil
            }
        }
        let length = packing.bytes.count
        guard length > 0, length < 1 << Self.lengthBits, length <= ShelfFile.sectionSize else { return nil }
        if section < 0 || filled.count + length > ShelfFile.sectionSize {
            guard begin() else { return nil }
        }
        let offset = section * ShelfFile.sectionSize + filled.count
        filled.append(contentsOf: packing.bytes.written)
        live[Int32(section), default: 0] += Int32(length)
        return offset << Self.lengthBits | length
    }

    /// Whether what comes of reading the packed bytes is what comes of reading a checkpoint. The bytes stay as they are.
    private func staysSame<Case: AgencyCase>(_ state: Case) -> Bool {
        guard let read = try? packing.unpack(Case.self), let text = try? JSONWriter.string(encoding: state),
            let restored = try? JSONTape.reading(Array(text.utf8), { try $0.decode(Case.self) })
        else { return false }
        return (try? JSONWriter.string(encoding: read)) == (try? JSONWriter.string(encoding: restored))
    }

    /// Begins another section, and writes the one that is full.
    private func begin() -> Bool {
        guard let next = file.take() else { return false }
        if section >= 0 {
            let full = section
            section = -1
            filled.withUnsafeBytes { file.write(full, $0) }
            if live[Int32(full)] == nil { release(full) }
        } else {
            filled.reserveCapacity(ShelfFile.sectionSize)
        }
        section = next
        filled.removeAll(keepingCapacity: true)
        return file.failure == nil
    }

    /// The case at a place. Where it cannot be read the file says so, and a case of which nothing is known is given.
    func read<Case: AgencyCase>(_ place: Int, as type: Case.Type) -> Case {
        load(place)
        guard file.failure == nil else { return Case() }
        do {
            return try packing.unpack(type)
        } catch {
            file.noteDamage()
            return Case()
        }
    }

    /// The packed bytes of the case at a place.
    func bytes(_ place: Int) -> [UInt8] {
        load(place)
        return Array(packing.bytes.written)
    }

    private func load(_ place: Int) {
        let (length, at) = (place & (1 << Self.lengthBits - 1), place >> Self.lengthBits)
        let (home, offset) = (at / ShelfFile.sectionSize, at % ShelfFile.sectionSize)
        if home == section {
            copy(filled, offset, length)
        } else if home == cachedSection {
            copy(cached, offset, length)
        } else if home == lastRead {
            if cached.isEmpty { cached = [UInt8](repeating: 0, count: ShelfFile.sectionSize) }
            cached.withUnsafeMutableBytes { file.read(home, 0, into: $0) }
            cachedSection = home
            copy(cached, offset, length)
        } else {
            lastRead = home
            packing.bytes.set(count: length) { file.read(home, offset, into: $0) }
        }
    }

    private func copy(_ bytes: [UInt8], _ offset: Int, _ length: Int) {
        bytes.withUnsafeBytes { bytes in
            packing.bytes.set(count: length) {
                $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length]))
            }
        }
    }

    /// The case at a place is not needed there any more.
    func drop(_ place: Int) {
        let length = place & (1 << Self.lengthBits - 1)
        let home = (place >> Self.lengthBits) / ShelfFile.sectionSize
        guard let left = live[Int32(home)].map({ $0 - Int32(length) }) else {
            preconditionFailure("a case that is dropped was put away")
        }
        precondition(left >= 0, "no more leaves a section than was put there")
        live[Int32(home)] = left > 0 ? left : nil
        if left == 0, home != section { release(home) }
    }

    private func release(_ home: Int) {
        if cachedSection == home { cachedSection = -1 }
        if lastRead == home { lastRead = -1 }
        file.give(home)
    }
}

/// A shelf as a storage of cases of one type uses it.
final class ShelfPacking<Case: AgencyCase>: CasePacking {
    private let shelf: CaseShelf

    init(_ shelf: CaseShelf) { self.shelf = shelf }

    func pack(_ state: Case) -> Int? { shelf.put(state) }

    func unpack(_ place: Int) -> Case { shelf.read(place, as: Case.self) }

    func drop(_ place: Int) { shelf.drop(place) }
}
