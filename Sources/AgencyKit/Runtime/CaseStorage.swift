/// The cases of an agency's code by their slots, and the one that is handled: those who host an agency need not know the
/// type of its cases, and its rules, which know it, run as code of that type alone.
///
/// ``TypedCaseStorage`` is the only kind.
///
/// Proof of `@exclusivity(unchecked)`, here and there: one thread owns a storage, that of the host whose runner made it, and
/// it is not `Sendable`. Rules get the case by its pointer, `current`, which is a constant; all else is touched only before
/// and after a rule runs, and copying or packing a case calls nothing that knows the storage.
@usableFromInline package class CaseStorage {
    /// The slot of the case that is handled; -1: nothing is known of it yet.
    @exclusivity(unchecked) @usableFromInline package final var slot = -1
    /// Whether the case that is handled was copied from its slot: rules change the copy, for a handling may fail.
    @exclusivity(unchecked) @usableFromInline package final var isLoaded = false

    init() {}

    /// Begins a handling.
    /// - Parameter slot: where the case stands; nil: nothing is known of it yet.
    package final func begin(_ slot: Int?) {
        self.slot = slot ?? -1
        isLoaded = false
    }

    /// Puts the case that was handled into a slot.
    package func keep(in slot: Int) {}

    /// Makes the case of a slot one of which nothing is known.
    package func clear(_ slot: Int) {}

    /// Puts the case of a slot away, if it can be: it is packed until it is handled again.
    package func putAway(_ slot: Int) {}
}

/// Where cases stand that are not handled for long, and how they get there and back.
///
/// The host's own, so that agencies know nothing of bytes and files.
package protocol CasePacking<Case>: AnyObject {
    /// The case of an agency's code.
    associatedtype Case
    /// Packs a case; where it stands from now on, 0 or more, or nil if it cannot be packed.
    func pack(_ state: Case) -> Int?
    /// The case that stands somewhere.
    func unpack(_ place: Int) -> Case
    /// The case that stands somewhere is not needed there any more.
    func drop(_ place: Int)
}

/// The cases of one agency's code, by their slots. See ``CaseStorage``.
///
/// A slot knows where its case stands: in memory, or put away. A case that is kept stands in memory again.
@usableFromInline package final class TypedCaseStorage<Case: AgencyCase>: CaseStorage {
    /// So many cases stand on a page of those in memory; pages never move. Few, for of the last page of each of some thirty
    /// agencies half is empty.
    @usableFromInline static var pageSize: Int { 128 }
    /// So many slots have their places on one page.
    @usableFromInline static var placesOfPage: Int { 512 }
    /// The place of a case of which nothing is known. A case in memory has a place of 0 or more, its number there; one that
    /// is packed a lesser one than this.
    @usableFromInline static var nowhere: Int { -1 }

    @exclusivity(unchecked) @usableFromInline var pages: [UnsafeMutablePointer<Case>] = []
    @exclusivity(unchecked) @usableFromInline var places: [UnsafeMutablePointer<Int>] = []
    /// Numbers in memory that no case has, all of them of cases that are unknown.
    @exclusivity(unchecked) private var free: [Int32] = []
    /// How many numbers in memory were ever used.
    @exclusivity(unchecked) private var used = 0
    /// How cases are put away; nil: all stand in memory.
    @exclusivity(unchecked) package var packing: (any CasePacking<Case>)?
    /// A case about which nothing is known: made once, for a copy costs less.
    @usableFromInline let unknown: Case
    /// The case that is handled, once it is loaded.
    @usableFromInline package let current: UnsafeMutablePointer<Case>

    /// A storage without cases.
    package override init() {
        unknown = Case()
        current = .allocate(capacity: 1)
        current.initialize(to: unknown)
        super.init()
    }

    deinit {
        for page in pages {
            page.deinitialize(count: Self.pageSize)
            page.deallocate()
        }
        for page in places { page.deallocate() }
        current.deinitialize(count: 1)
        current.deallocate()
    }

    /// How many cases stand in memory.
    package var countInMemory: Int { used - free.count }

    /// Copies the case that is handled from its slot, if that was not done yet.
    @inlinable package func load() {
        guard !isLoaded else { return }
        isLoaded = true
        let place = slot < 0 ? Self.nowhere : places[slot / Self.placesOfPage][slot % Self.placesOfPage]
        if place >= 0 {
            current.pointee = pages[place / Self.pageSize][place % Self.pageSize]
        } else {
            current.pointee = elsewhere(place)
        }
    }

    /// A case that does not stand in memory.
    @usableFromInline func elsewhere(_ place: Int) -> Case {
        guard place < Self.nowhere, let packing else { return unknown }
        return packing.unpack(Self.nowhere - 1 - place)
    }

    package override func keep(in slot: Int) {
        load()
        self[slot] = current.pointee
    }

    package override func clear(_ slot: Int) {
        let place = place(of: slot)
        if place >= 0 {
            release(place)
        } else if place < Self.nowhere {
            packing?.drop(Self.nowhere - 1 - place)
        }
        places[slot / Self.placesOfPage][slot % Self.placesOfPage] = Self.nowhere
    }

    package override func putAway(_ slot: Int) {
        let place = place(of: slot)
        guard place >= 0, let packing,
            let packed = packing.pack(pages[place / Self.pageSize][place % Self.pageSize])
        else { return }
        precondition(packed >= 0, "what is packed stands somewhere")
        release(place)
        places[slot / Self.placesOfPage][slot % Self.placesOfPage] = Self.nowhere - 1 - packed
    }

    /// Where the packed case of a slot stands; nil: it stands in memory, or nothing is known of it.
    package func packedPlace(of slot: Int) -> Int? {
        let place = place(of: slot)
        return place < Self.nowhere ? Self.nowhere - 1 - place : nil
    }

    /// The case in a slot.
    package subscript(slot: Int) -> Case {
        get {
            let place = place(of: slot)
            return place >= 0 ? pages[place / Self.pageSize][place % Self.pageSize] : elsewhere(place)
        }
        set {
            var place = place(of: slot)
            if place < 0 {
                if place < Self.nowhere { packing?.drop(Self.nowhere - 1 - place) }
                place = room()
                places[slot / Self.placesOfPage][slot % Self.placesOfPage] = place
            }
            pages[place / Self.pageSize][place % Self.pageSize] = newValue
        }
    }

    /// The place of a slot, for which there is room from now on.
    private func place(of slot: Int) -> Int {
        while slot >= places.count * Self.placesOfPage {
            let page = UnsafeMutablePointer<Int>.allocate(capacity: Self.placesOfPage)
            page.initialize(repeating: Self.nowhere, count: Self.placesOfPage)
            places.append(page)
        }
        return places[slot / Self.placesOfPage][slot % Self.placesOfPage]
    }

    /// A number in memory that no case has.
    private func room() -> Int {
        if let number = free.popLast() { return Int(number) }
        if used == pages.count * Self.pageSize {
            let page = UnsafeMutablePointer<Case>.allocate(capacity: Self.pageSize)
            page.initialize(repeating: unknown, count: Self.pageSize)
            pages.append(page)
        }
        used += 1
        return used - 1
    }

    private func release(_ place: Int) {
        precondition(place < used, "a number in memory was used before it is free")
        pages[place / Self.pageSize][place % Self.pageSize] = unknown
        free.append(Int32(place))
    }
}
