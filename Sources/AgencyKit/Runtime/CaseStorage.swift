/// The cases of an agency's code by their slots, and the one that is handled: those who host an agency need not know the
/// type of its cases, and its rules, which know it, run as code of that type alone.
///
/// ``TypedCaseStorage`` is the only kind.
///
/// Proof of `@exclusivity(unchecked)`, here and there: one thread owns a storage, that of the host whose runner made it, and
/// it is not `Sendable`. Rules get the case by its pointer, `current`, which is a constant; `slot`, `isLoaded` and `pages` are
/// touched only before and after a rule runs, and copying a case calls nothing that knows the storage.
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
}

/// The cases of one agency's code, by their slots. See ``CaseStorage``.
@usableFromInline package final class TypedCaseStorage<Case: AgencyCase>: CaseStorage {
    /// So many cases stand on a page; pages never move. Few, for of the last page of each of some thirty agencies half is
    /// empty.
    @usableFromInline static var pageSize: Int { 512 }

    @exclusivity(unchecked) @usableFromInline var pages: [UnsafeMutablePointer<Case>] = []
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
        current.deinitialize(count: 1)
        current.deallocate()
    }

    /// Copies the case that is handled from its slot, if that was not done yet.
    @inlinable package func load() {
        guard !isLoaded else { return }
        isLoaded = true
        let slot = slot
        current.pointee = slot < 0 ? unknown : pages[slot / Self.pageSize][slot % Self.pageSize]
    }

    package override func keep(in slot: Int) {
        load()
        self[slot] = current.pointee
    }

    package override func clear(_ slot: Int) { self[slot] = unknown }

    /// The case in a slot; there is room for each slot that was ever set.
    package subscript(slot: Int) -> Case {
        get { pages[slot / Self.pageSize][slot % Self.pageSize] }
        set {
            while slot >= pages.count * Self.pageSize {
                let page = UnsafeMutablePointer<Case>.allocate(capacity: Self.pageSize)
                page.initialize(repeating: unknown, count: Self.pageSize)
                pages.append(page)
            }
            pages[slot / Self.pageSize][slot % Self.pageSize] = newValue
        }
    }
}
