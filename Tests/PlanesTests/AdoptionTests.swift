import Contracts
import Foundation
import LifeEvents
import Testing

@testable import Planes

/// Planes in which some have joined the bus and others have not.
@Suite struct AdoptionTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Planes").path

    private func rule(
        _ pace: AdoptionRule.Pace, order: AdoptionRule.Order = .sizeAndChance, mandatory: Day? = nil,
        late: Spread = .nothing, readers: [ReaderPattern] = [.owner(.kommun)]
    ) -> AdoptionRule {
        AdoptionRule(
            readers: readers, pace: pace, order: order, mandatory: mandatory, late: late, mark: .assumption,
            source: nil,
            file: "own.yaml", line: 3)
    }

    private func joined(_ rule: AdoptionRule, by text: String) throws -> Set<AgencyID> {
        let day = try #require(Day(text))
        let joining = Joining(rules: [rule], groups: [], vendor: nil, drift: nil)
        return Set(Municipalities.all.map(\.agency).filter { joining.joins($0).map { $0.day <= day } ?? false })
    }

    @Test func `a smaller share is within a larger one, in every order`() throws {
        for order in [AdoptionRule.Order.sizeAndChance, .size, .random] {
            let few = try joined(rule(.share(0.3, from: nil), order: order), by: "2026-01-01")
            let many = try joined(rule(.share(0.6, from: nil), order: order), by: "2026-01-01")
            #expect(few.count == 87 && many.count == 174)
            #expect(few.isSubset(of: many))
        }
    }

    @Test func `by size the largest join first`() throws {
        let few = try joined(rule(.share(0.01, from: nil), order: .size), by: "2026-01-01")
        #expect(few == [.kommun(180), .kommun(1480), .kommun(1280)])
    }

    @Test func `those that are listed join first, as they are listed`() throws {
        let listed = rule(.share(0.006, from: nil), order: .listed([.kommun(1780), .kommun(2480)]))
        #expect(try joined(listed, by: "2026-01-01") == [.kommun(1780), .kommun(2480)])
    }

    @Test func `the curve of Mina meddelanden gives 92 and 131 of 290 within ten`() throws {
        // Half of the plateau in the summer of 2020.
        let curve = AdoptionRule.Curve(plateau: 0.55, rate: 0.86, middle: 2020.6)
        let rule = rule(.curve(curve))
        let (first, second) = (try joined(rule, by: "2020-12-15"), try joined(rule, by: "2022-05-15"))
        #expect((82...102).contains(first.count), "\(first.count)")
        #expect((110...141).contains(second.count), "\(second.count)")
        #expect(first.isSubset(of: second))
        // Nobody must, so the plateau is not passed.
        #expect(try joined(rule, by: "2090-01-01").count == 160)
    }

    @Test func `the share on the curve's days is that of the formula`() throws {
        let curve = AdoptionRule.Curve(plateau: 0.55, rate: 0.35, middle: 2028)
        for (text, share) in [("2028-01-01", 0.275), ("2026-01-01", 0.1825), ("2038-01-01", 0.5339)] {
            #expect((curve.share(on: try #require(Day(text))) - share).magnitude < 0.001)
        }
    }

    @Test func `what is mandatory all join, each late by months of its own`() throws {
        let must = rule(.share(0, from: nil), mandatory: Day("2029-01-01"), late: Spread(0, 6, 24))
        let (early, half, all) = (
            try joined(must, by: "2028-12-31"), try joined(must, by: "2029-09-30"), try joined(must, by: "2031-01-01")
        )
        #expect(early.isEmpty && all.count == 290)
        #expect((100...200).contains(half.count))
    }

    @Test func `a group joins together, when the first of it would, and builds one adapter`() throws {
        let members = [1780, 1715, 1761, 1763].map { AgencyID.kommun($0) }
        let group = PlaneGroup(name: "together", members: members)
        let day = try #require(Day("2026-01-01"))
        for order in [AdoptionRule.Order.sizeAndChance, .random] {
            let joining = Joining(
                rules: [rule(.share(0.5, from: day), order: order)], groups: [group], vendor: nil, drift: nil)
            let days = Set(members.map { joining.joins($0)?.day })
            #expect(days.count == 1)
            let (adapters, agencies) = joining.adapters(of: .kommun, by: day)
            #expect(adapters == agencies - (days == [day] ? 3 : 0))
        }
    }

    @Test func `on the bus goes only what source and reader have joined for`() throws {
        let shipped = try PlaneFiles(folder: Self.folder).plane("bus-2027")
        #expect(shipped.joining.asOf == Day("2027-06-30"))
        let own = shipped.joining
        let plane = Plane(
            name: "own", version: 1, rows: shipped.rows, people: shipped.people, front: nil,
            joining: Joining(rules: own.rules, groups: own.groups, vendor: nil, drift: nil), files: shipped.files)
        func way(_ source: AgencyID, _ reader: Party, _ agency: AgencyID, _ day: String) throws -> String {
            let message = try PassageTests.message(at: "\(day) 10:00", from: source)
            return try #require(plane.passage(message, to: reader, of: agency, seed: 1)).channel.name
        }
        let fk = Party(.forsakringskassan, Branch("socialforsakring"))
        #expect(try way(AgencyID(.skatteverket), fk, AgencyID(.forsakringskassan), "2026-06-30") == "navet-day")
        #expect(try way(AgencyID(.skatteverket), fk, AgencyID(.forsakringskassan), "2026-07-01") == "bus")
        // As on a day, whenever the message is.
        let early = try PassageTests.message(at: "2025-03-03 10:00", from: AgencyID(.skatteverket))
        #expect(shipped.passage(early, to: fk, of: AgencyID(.forsakringskassan), seed: 1)?.channel.name == "bus")
        // Who never joins is told as today, also by who has joined.
        let never = try #require(Municipalities.all.map(\.agency).first { plane.joining.joins($0) == nil })
        let bistand = Party(.kommun, Branch("bistand"))
        #expect(try way(AgencyID(.skatteverket), bistand, never, "2030-01-02") == "navet-week")
        #expect(try way(never, fk, AgencyID(.forsakringskassan), "2030-01-02") != "bus")
    }

    @Test func `a municipality knows no sooner than its case system takes in`() throws {
        let from = try #require(Day("2026-01-01"))
        func known(_ kind: VendorRule.Kind) throws -> String {
            let vendor = VendorRule(
                shares: (1, 0), rekey: Spread(3, 3, 3), known: [.kommun(1780): kind], place: "own.yaml:9")
            let plane = Plane(
                name: "own", version: 1, rows: [], people: .asWritten, front: nil,
                joining: Joining(
                    rules: [rule(.share(1, from: from), readers: [.all])], groups: [], vendor: vendor, drift: nil),
                files: [])
            let passage = try #require(
                plane.passage(
                    PassageTests.message(at: "2026-03-02 10:00"), to: PassageTests.reader, of: .kommun(1780), seed: 1))
            switch passage.known {
            case .now: return "now"
            case .at(let instant): return "\(Stockholm.local(instant))"
            default: return "else"
            }
        }
        #expect(try known(.open) == "now")
        #expect(try known(.file) == "2026-03-03 02:00")
        #expect(try known(.print) == "2026-03-05 08:00")
    }

    @Test func `what a mapping of its own does not understand is known when it is mended`() throws {
        let from = try #require(Day("2026-01-01"))
        let drift = DriftRule(
            share: 0.2, types: [try #require(TypePattern("skatteverket.*"))], from: from, repair: Spread(20, 20, 20),
            place: "own.yaml:7")
        let all = Municipalities.all.map(\.agency)
        let broken = all.compactMap { agency in drift.broken(agency, "skatteverket.move.v1").map { (agency, $0) } }
        #expect((40...76).contains(broken.count))
        #expect(all.allSatisfy { drift.broken($0, "region.birth-notice.v1") == nil })
        // Other types break elsewhere.
        #expect(all.filter { drift.broken($0, "skatteverket.birth.v1") != nil } != broken.map(\.0))
        let (agency, days) = try #require(broken.first)
        #expect(from <= days.lowerBound && days.lowerBound < from.adding(days: 365))
        let plane = Plane(
            name: "own", version: 1, rows: [], people: .asWritten, front: nil,
            joining: Joining(
                rules: [rule(.share(1, from: nil), readers: [.all])], groups: [], vendor: nil, drift: drift),
            files: [])
        func passage(_ day: Day) throws -> Passage {
            try #require(
                plane.passage(
                    PassageTests.message(at: "\(day) 10:00"), to: PassageTests.reader, of: agency, seed: 1))
        }
        let first = try passage(days.lowerBound)
        #expect(first.isBroken && first.known == .at(Office.opens.on(days.upperBound)))
        #expect(try !passage(days.upperBound).isBroken && !passage(days.lowerBound.adding(days: -1)).isBroken)
    }

    @Test(arguments: [
        ("adoption:\n  - {reader: kommun, mark: A}\n", "own.yaml:4:5: an adoption needs one of the keys"),
        (
            "adoption:\n  - {reader: kommun, share: 0.3, curve: {k: 0.5, r: 0.3, t0: 2028}, mark: A}\n",
            "own.yaml:4:5: an adoption needs one of the keys"
        ),
        ("adoption:\n  - {reader: kommun, share: 3, mark: A}\n", "own.yaml:4:29: share must be a number from 0 to 1"),
        (
            "adoption:\n  - {reader: kommun, share: 1, joined: silo, mark: A}\n",
            "own.yaml:4:40: who joins, joins the bus"
        ),
        ("adoption:\n  - {reader: kommun, share: 1, late: [0, 6, 24], mark: A}\n", "own.yaml:4:38: nobody is late"),
        ("adoption:\n  - {reader: kommun, share: 1, from: july, mark: A}\n", "own.yaml:4:38: from must be a day"),
        ("adoption:\n  - {reader: kommun, share: 1, order: big, mark: A}\n", "own.yaml:4:39: order must be 'size'"),
        ("adoption:\n  - {reader: kommun, curve: {k: 0.5, r: 0, t0: 2028}, mark: A}\n", "own.yaml:4:41: r must be"),
        ("groups: {a: [\"1780\"], b: [\"1780\"]}\n", "own.yaml:3:26: kommun-1780 is in two groups"),
        ("groups: {a: [\"1799\"]}\n", "own.yaml:3:14: '1799' is no municipality"),
        ("vendor: {open: 0.5, file: 0.5, print: 0.5, mark: A}\n", "own.yaml:3:9: open, file and print must be 1"),
        ("drift: {share: 0.1, types: [a.*], mark: A}\n", "own.yaml:3:8: drift lacks the key 'from'"),
    ])
    func `a mistake in it is told with its place`(text: String, problem: String) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "adoption-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try ("plane: own\nversion: 1\n" + text).write(toFile: "\(path)/own.yaml", atomically: true, encoding: .utf8)
        let found = #expect(throws: ContractError.self) { try PlaneFiles(folder: path).plane("own") }
        let problems = try #require(found).problems.map { $0.description.replacing("\(path)/", with: "") }
        #expect(problems.contains { $0.hasPrefix(problem) }, "\(problems)")
    }
}
