import AgencyKit
import Testing

/// A case that is handled is a copy until it is kept.
@Suite struct CaseStorageTests {
    struct Count: AgencyCase, Equatable {
        var count = 0
    }

    private func handle(_ cases: TypedCaseStorage<Count>, _ slot: Int?, adding: Int) {
        cases.begin(slot)
        cases.load()
        cases.current.pointee.count += adding
    }

    @Test func `what a handling changes counts once it is kept, and is forgotten otherwise`() {
        let cases = TypedCaseStorage<Count>()
        handle(cases, nil, adding: 3)
        cases.keep(in: 0)
        handle(cases, 0, adding: 4)
        #expect(cases[0].count == 3)
        handle(cases, 0, adding: 5)
        cases.keep(in: 0)
        #expect(cases[0].count == 8)
    }

    @Test func `a case is loaded once a handling, and anew for the next`() {
        let cases = TypedCaseStorage<Count>()
        handle(cases, nil, adding: 1)
        cases.load()
        #expect(cases.current.pointee.count == 1)
        cases.begin(nil)
        cases.load()
        #expect(cases.current.pointee.count == 0)
    }

    @Test func `slots far apart have pages of their own, and one that is cleared is as new`() {
        let cases = TypedCaseStorage<Count>()
        for slot in [0, 4_095, 4_096, 20_000] {
            handle(cases, nil, adding: slot + 1)
            cases.keep(in: slot)
        }
        cases.clear(4_096)
        #expect([0, 4_095, 4_096, 20_000, 19_999].map { cases[$0].count } == [1, 4_096, 0, 20_001, 0])
    }
}
