import Foundation
import Testing

/// What must not flow around a birth (birth.md 7), asked of the ledger of runs: who was told what.
@Suite struct BirthSecrecyTests {
    private struct Reading: Decodable {
        var use: String
        var agency: String
        var branch: String
        var type: String
        var time: String?
    }

    private struct Person: Decodable {
        var name: String
        var readings: [Reading]
    }

    private static func readings(_ person: String, in folder: Folder, _ more: [String] = []) throws -> [Reading] {
        let told = try livsbuss(["ledger", person, "--json", "--store", "store"] + more, in: folder)
        return try JSONDecoder().decode([Person].self, from: Data(told.stdout.utf8)).flatMap(\.readings)
    }

    private static func played(_ scenario: String) throws -> Folder {
        let folder = try Folder()
        let run = try livsbuss(
            ["run", "\(RealBinary.repository)/Scenarios/\(scenario).yaml", "--quiet", "--store", "store"], in: folder)
        try #require(run.exitCode == 0, "\(run.stdout)\(run.stderr)")
        return folder
    }

    struct Secret: Sendable, CustomTestStringConvertible {
        var scenario: String
        var people: [String]
        /// The beginning of the types that tell it.
        var types: [String]
        /// Who alone may be told, by agency and branch.
        var readers: Set<String>
        var testDescription: String { "\(types.joined(separator: ", ")) in \(scenario)" }
    }

    static let secrets = [
        // The delivery, the pregnancy: to the register, and to whom the certificate is addressed.
        Secret(
            scenario: "first-child", people: ["mother", "child"], types: ["region.birth-notice"],
            readers: ["skatteverket/folkbokforing"]),
        Secret(
            scenario: "first-child", people: ["mother"], types: ["region.medical-certificate"],
            readers: ["forsakringskassan"]),
        // That parenthood is asked, who was named, why it was dropped.
        Secret(
            scenario: "first-child", people: ["mother", "father", "child"],
            types: ["skatteverket.parenthood-missing", "kommun.filing.parenthood-confirmation"],
            readers: ["kommun-1780/familjeratt", "skatteverket/folkbokforing"]),
        Secret(
            scenario: "first-child", people: ["mother", "father", "child"], types: ["kommun.parenthood"],
            readers: ["kommun-1780/familjeratt", "skatteverket/folkbokforing"]),
        Secret(
            scenario: "birth/other-parent-unknown", people: ["mother", "child"], types: ["kommun.parenthood"],
            readers: ["kommun-1780/familjeratt", "skatteverket/folkbokforing"]),
        // The court: everybody else hears of custody alone.
        Secret(
            scenario: "birth/custody-by-court", people: ["mother", "father", "child"], types: ["tingsratten."],
            readers: ["skatteverket/folkbokforing", "kommun-1780/familjeratt"]),
        // Income, days, payees and payments stay with the agency that pays.
        Secret(
            scenario: "first-child", people: ["mother", "father", "child"], types: ["forsakringskassan."],
            readers: ["forsakringskassan"]),
        // A stillbirth, and a name.
        Secret(
            scenario: "birth/stillborn", people: ["mother"], types: ["region.stillbirth-notice"],
            readers: ["skatteverket/folkbokforing"]),
        Secret(
            scenario: "first-child", people: ["child", "mother", "father"],
            types: ["skatteverket.identity", "skatteverket.filing.name"], readers: ["skatteverket/folkbokforing"]),
    ]

    @Test(arguments: secrets) func `only who must know is told`(secret: Secret) throws {
        let folder = try Self.played(secret.scenario)
        var found: Set<String> = []
        for person in secret.people {
            for reading in try Self.readings(person, in: folder)
            where secret.types.contains(where: reading.type.hasPrefix) {
                found.insert(
                    reading.branch == reading.agency || reading.branch.isEmpty
                        ? reading.agency : "\(reading.agency)/\(reading.branch)")
            }
        }
        let named = Set(found.map { $0.hasSuffix("/forsakringskassan") ? "forsakringskassan" : $0 })
        // It was told to somebody, and to nobody else.
        #expect(!named.isEmpty && named.isSubset(of: secret.readers), "\(named)")
    }

    @Test func `the other parent is told of by nobody before the register has him`() throws {
        let folder = try Self.played("first-child")
        let before = try livsbuss(
            ["ledger", "father", "--store", "store"], in: folder
        ).stdout.split(separator: "\n").filter { $0.hasPrefix("  2") && $0.dropFirst(2) < "2026-03-20" }
        #expect(!before.isEmpty)
        for line in before {
            #expect(!line.contains("forsakringskassan"), "\(line)")
            #expect(!line.contains("region-17"), "\(line)")
            #expect(!line.contains("forskola"), "\(line)")
        }
    }

    @Test func `neither parent sees the other's days and money`() throws {
        let folder = try Self.played("first-child")
        let his = try livsbuss(["status", "father", "--store", "store"], in: folder).stdout
        let hers = try livsbuss(["status", "mother", "--store", "store"], in: folder).stdout
        #expect(!his.contains("Föräldrapenning") && !his.contains("765"))
        #expect(!hers.contains("10 dagar") && !hers.contains("12 560"))
    }

    @Test func `a protected family's municipality is in no message, tile or ledger`() throws {
        let folder = try Folder()
        let path = "\(RealBinary.repository)/Scenarios/birth/protected-mother.yaml"
        let run = try livsbuss(["run", path, "--store", "store", "--log", "run.jsonl"], in: folder)
        #expect(run.exitCode == 0, "\(run.stdout)\(run.stderr)")
        let ledger = try livsbuss(["ledger", "child", "--store", "store"], in: folder).stdout
        for text in [run.stdout, folder.read("run.jsonl"), ledger] {
            #expect(!text.contains("1784") && !text.contains("0684") && !text.contains("Arvika"))
            #expect(!text.contains("address-in-hiding"))
        }
        #expect(run.stdout.contains("→ mother"))
    }
}
