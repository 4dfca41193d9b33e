import Foundation
import Testing

/// What may not move a digest, and what must.
@Suite struct DigestTests {
    static let names = ["first-child", "death", "move"]
    /// Everything that is shipped.
    static let shipped = "\(RealBinary.repository)/Scenarios"
    /// The main journey of each life event, the acceptance scenarios and the faults: where only the bus differs, these do
    /// for all.
    static let main = ["acceptance", "faults"].map { "\(shipped)/\($0)" } + mainFiles
    private static let mainFiles = [
        "company", "death", "elder-care", "financial-aid", "first-child", "god-man", "hall-booking", "move",
        "retirement",
        "serving-permit", "unemployment",
    ].map(RealBinary.scenario)
    /// All in a folder, as shipped, on one partition.
    static let reference = ShippedScenarioTests.reference.map(\.digests)

    /// Whether a run of the main journeys has the digests that it should have.
    static func expectMain(_ found: RunReport) throws {
        let digests = found.digests
        #expect(found.deterministic && digests.count > 20)
        #expect(try digests == reference.get().filter { digests.keys.contains($0.key) })
    }

    @Test(arguments: [
        ["--partitions", "1"], ["--partitions", "4"], ["--partitions", "4", "--perturb", "3"],
        ["--partitions", "12", "--namespace", "other"],
    ])
    func `a digest is the same over runs, partitions and names of topics`(options: [String]) throws {
        try Self.expectMain(report(Self.main + options))
    }

    /// `scripts/perturbed` plays all.
    @Test(arguments: 1...3)
    func `a digest is the same whatever order is legal`(perturbation: Int) throws {
        try Self.expectMain(report(Self.main + ["--perturb", "\(perturbation)"]))
    }

    @Test(arguments: names)
    func `a digest is the same for a scenario alone`(name: String) throws {
        let found = try report([RealBinary.scenario(name)])
        #expect(try found.digests[name] == Self.reference.get()[name])
    }

    @Test(arguments: [["move", "death", "first-child"], ["death", "first-child", "move"], ["move", "first-child"]])
    func `a digest is the same in any order of the paths`(order: [String]) throws {
        let found = try report(order.map(RealBinary.scenario))
        let reference = try Self.reference.get()
        #expect(found.digests == reference.filter { order.contains($0.key) })
        #expect(found.scenarios.map(\.name) == order)
    }

    @Test func `a digest differs for another seed`() throws {
        let found = try report(Self.names.map(RealBinary.scenario) + ["--seed", "2"]).digests
        let reference = try Self.reference.get()
        for name in Self.names { #expect(found[name] != reference[name], "\(name)") }
    }

    @Test(arguments: [
        ("first-child", "start: Fri 2026-01-16T00:00", "start: Thu 2026-01-15T00:00"),
        ("death", "start: Sun 2026-03-01T00:00", "start: Sat 2026-02-28T00:00"),
        ("move", "start: Sun 2026-03-01T00:00", "start: Sun 2026-03-01T00:01"),
        ("first-child", "yearlyIncome: 420000", "yearlyIncome: 420001"),
        ("death", "widowMonthly: 2400", "widowMonthly: 2401"),
        ("move", "monthlyRent: 6400", "monthlyRent: 6401"),
    ])
    func `a digest differs for another start and for one changed field`(name: String, old: String, new: String) throws {
        let text = try String(contentsOfFile: RealBinary.scenario(name), encoding: .utf8)
        let folder = try Folder()
        let same = try report([folder.write("same.yaml", text)])
        try #require(text.ranges(of: old).count == 1)
        let changed = try report([folder.write("changed.yaml", text.replacing(old, with: new))])
        // The file's place says nothing, its content all.
        #expect(try same.digests[name] == Self.reference.get()[name])
        #expect(changed.digests[name] != same.digests[name])
    }
}
