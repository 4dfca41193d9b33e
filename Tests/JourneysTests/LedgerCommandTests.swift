import Foundation
import Testing

/// `livsbuss ledger`: who was told what about a person, and what was delivered and never used.
@Suite struct LedgerCommandTests {
    private func run(_ arguments: [String] = [], in folder: Folder) throws -> (
        exitCode: Int32, stdout: String, stderr: String
    ) {
        try livsbuss(["run", RealBinary.scenario("first-child"), "--store", "store"] + arguments, in: folder)
    }

    /// The lines of a ledger that name an event and who was told it.
    private func readings(_ text: String) -> [String] {
        text.split(separator: "\n").filter { $0.hasPrefix("  2") }.map { line in
            line.split(separator: " ").dropFirst(2).joined(separator: " ")
        }
    }

    @Test func `a person's ledger has each branch that was told something, why, and by which law`() throws {
        let folder = try Folder()
        #expect(try run(in: folder).exitCode == 0)
        let mother = try livsbuss(["ledger", "mother", "--store", "store"], in: folder).stdout
        let told = readings(mother)
        #expect(told.contains("acted forsakringskassan region.medical-certificate.v1"))
        #expect(told.contains("acted kommun-1780/familjeratt skatteverket.parenthood-missing.v1 about child"))
        #expect(told.contains("acted region-17 skatteverket.birth.v1 about child"))
        // One branch of the municipality never sees what another is told, nor what it says of its own cases (OSL 8:2).
        #expect(!told.contains { $0.contains("forskola") && $0.contains("parenthood") })
        let child = try livsbuss(["ledger", "child", "--store", "store"], in: folder).stdout
        let statuses = child.split(separator: "\n").filter { $0.contains("kommun.case-status.v1") }
        #expect(!statuses.isEmpty)
        // The family law case was opened on 17 March; the queue for preschool is of later. Each branch hears of its own.
        #expect(
            statuses.allSatisfy {
                $0.contains($0.contains("2026-03") ? "kommun-1780/familjeratt" : "kommun-1780/forskola")
            }, "\(statuses)")
        #expect(mother.contains("purpose: population-registration; ground: lag (2001:182); class C2"))

        let json = try livsbuss(["ledger", "mother", "--json", "--store", "store"], in: folder).stdout
        struct Person: Decodable {
            struct Reading: Decodable {
                var use: String
                var agency: String
                var branch: String
                var type: String
                var groups: [String]
                var withheld: [String]
                var purpose: String
            }
            var name: String
            var readings: [Reading]
        }
        let people = try JSONDecoder().decode([Person].self, from: Data(json.utf8))
        #expect(people.map(\.name) == ["mother"] && people.first?.readings.count == told.count)
        #expect(people.first?.readings.allSatisfy { !$0.purpose.isEmpty && !$0.groups.isEmpty } == true)
    }

    @Test func `a mover's ledger says what each reader did not get`() throws {
        let folder = try Folder()
        _ = try livsbuss(["run", RealBinary.scenario("move"), "--store", "store"], in: folder)
        let lines = try livsbuss(["ledger", "mother", "--store", "store"], in: folder).stdout
            .split(separator: "\n").map(String.init)
        for reader in ["region-17", "arbetsformedlingen"] {
            let place = try #require(
                lines.firstIndex { $0.contains(" \(reader) ") && $0.hasSuffix("skatteverket.move.v1") }, "\(reader)")
            #expect(lines[place + 1].contains("without addressRef"), "\(lines[place + 1])")
        }
        let register = try #require(
            lines.firstIndex { $0.contains("skatteverket/folkbokforing") && $0.hasSuffix("skatteverket.move.v1") })
        #expect(!lines[register + 1].contains("without"))
    }

    @Test func `where a row is taken away the rule is refused, and the ledger and the failure say why`() throws {
        let folder = try Folder()
        try FileManager.default.copyItem(atPath: RealBinary.topics, toPath: "\(folder.path)/contracts")
        let row = "    - {team: region, application: region, access: read}\n"
        let text = folder.read("contracts/skatteverket/birth.v1.yaml")
        try #require(text.contains(row))
        try folder.write("contracts/skatteverket/birth.v1.yaml", text.replacing(row, with: ""))
        let binary = try RealBinary.path.get()
        let played = try Child(
            binary,
            ["run", RealBinary.scenario("first-child"), "--store", "store", "--topics", "\(folder.path)/contracts"],
            in: folder)
        #expect(played.wait() == 1)
        let reason = "no row of skatteverket.birth.v1 lets region/region read it"
        #expect(
            played.standardError.contains(
                "note: \(reason): the rules of region/region that hear skatteverket.birth.v1 are not run"))
        let ledger = try livsbuss(["ledger", "child", "--store", "store"], in: folder).stdout
        #expect(readings(ledger).contains("refused region-17 skatteverket.birth.v1"))
        #expect(ledger.contains(reason))
    }

    @Test(arguments: [
        // A god man who is dismissed: who heard of the appointment in May stands there in September.
        ("god-man-dismissed", "principal", "2026-05-04 08:00", "kommun.guardianship.v1", 10),
        ("god-man-dismissed", "principal", "2026-09-01 10:00", "kommun.guardianship.v1", 10),
        // A consent that is withdrawn: region and employer had heard of the meeting, and after the withdrawal its end alone.
        ("consent-withdrawn", "s", "2026-06-16 20:01", "forsakringskassan.rehabilitation.v1", 2),
        ("consent-withdrawn", "s", "2026-06-23 18:01", "forsakringskassan.rehabilitation.v1", 2),
        ("consent-withdrawn", "s", "2026-06-25 16:00", "forsakringskassan.rehabilitation.v1", 0),
        // A question without a purpose: SSBTEK alone was told it.
        ("ssbtek-partial", "a", "2026-05-20 10:00", "kommun.need.aid-income.v1", 1),
        ("ssbtek-partial", "a", "2026-05-20 10:01", "ssbtek.need.aid-income.v1", 0),
    ])
    func `old readings stand in the ledger whatever ends afterwards`(
        scenario: String, person: String, at: String, type: String, count: Int
    ) throws {
        let folder = try Folder()
        #expect(
            try livsbuss(["run", RealBinary.scenario("acceptance/\(scenario)"), "--store", "store"], in: folder)
                .exitCode
                == 0)
        let lines = try livsbuss(["ledger", person, "--store", "store"], in: folder).stdout.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("  \(at) ") && $0.contains(" \(type)") } == count)
    }

    @Test func `what is delivered and never used is told`() throws {
        let folder = try Folder()
        _ = try run(in: folder)
        let text = try livsbuss(["ledger", "--unused", "--store", "store"], in: folder).stdout
        #expect(text.contains("deliveries, of which rules acted on"))
        #expect(text.contains("kommun.case-status.v1"), "\(text)")
    }

    @Test(arguments: [
        ([], 64, "name a person"), (["ada", "--unused"], 64, "name a person"), (["nobody"], 2, "nobody called"),
    ])
    func `what cannot be answered is told`(arguments: [String], code: Int32, words: String) throws {
        let folder = try Folder()
        _ = try run(in: folder)
        let answer = try livsbuss(["ledger"] + arguments + ["--store", "store"], in: folder)
        #expect(answer.exitCode == code && answer.stderr.contains(words), "\(answer.stderr)")
    }
}
