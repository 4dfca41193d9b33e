import AgencyKit
import LifeEvents
import Testing

@testable import Hosting

/// What a checkpoint writes of an agency's cases takes little memory at once, however many cases change in an instant.
@Suite struct CasePageTests {
    private static func key(_ number: Int) -> CaseKey {
        CaseKey(
            world: Int32(number), agency: AgencyID(.skatteverket),
            subject: Subject(seed: 1, scenario: "pages", case: "\(number)", name: "p"))
    }

    /// Restores a table from pages as they were taken.
    private static func restore(
        _ pages: [(number: Int64, slots: ArraySlice<Int>)], of table: CaseTable
    ) -> CaseTable {
        var restored = CaseTable()
        for page in pages {
            for slot in page.slots {
                restored.restore(slot, table.isLive[slot] ? (table.keys[slot], table.timers[slot]) : nil)
            }
            restored.restored(page: page.number, slots: page.slots.map { Int32($0) })
        }
        restored.restored()
        return restored
    }

    @Test(arguments: [0, 1, 1_023, 1_024, 1_025, 2_500])
    func `a day on which all cases change is kept in pages of a bounded number of them`(count: Int) {
        var table = CaseTable()
        for number in 0..<count { _ = table.add(Self.key(number), []) }
        let taken = table.takeChanges()
        #expect(taken.dropped.isEmpty)
        #expect(taken.pages.allSatisfy { $0.slots.count <= CaseTable.mostCasesOfPage })
        #expect(taken.pages.count == (count + CaseTable.mostCasesOfPage - 1) / CaseTable.mostCasesOfPage)
        #expect(taken.pages.flatMap(\.slots).sorted() == Array(0..<count))
        let numbers = taken.pages.map(\.number)
        #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
        #expect(table.takeChanges().pages.isEmpty)
        let restored = Self.restore(taken.pages, of: table)
        #expect((0..<count).allSatisfy { restored.slot(of: Self.key($0)) == $0 })
    }

    @Test func `cases that end between two checkpoints are gone in what is restored`() {
        var table = CaseTable()
        for number in 0..<3_000 { _ = table.add(Self.key(number), []) }
        var pages = table.takeChanges().pages
        for number in 0..<3_000 where number % 2 == 0 { _ = table.endWorld(Int32(number)) }
        let later = table.takeChanges()
        #expect(later.pages.count == 2)
        pages = pages.filter { !later.dropped.contains($0.number) } + later.pages
        let restored = Self.restore(pages, of: table)
        for number in 0..<3_000 { #expect((restored.slot(of: Self.key(number)) == nil) == (number % 2 == 0)) }
    }
}
