import Foundation
import Testing

/// A citizen's page, as `livsbuss status` shows it.
@Suite struct StatusPageTests {
    private struct Tile: Decodable {
        var code: String
        var text: String
    }

    /// A run's folder, with the contracts, from which the page has its words.
    private static func played(_ scenario: String) throws -> Folder {
        let folder = try Folder()
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/Topics", withDestinationPath: "\(RealBinary.repository)/Topics")
        let run = try livsbuss(["run", RealBinary.scenario(scenario), "--quiet"], in: folder)
        try #require(run.exitCode == 0, "\(run.stdout)\(run.stderr)")
        return folder
    }

    private static let sections = [
        "Att göra", "Har ändrats", "Pågår hos myndigheten", "Beslutat och löpande", "Klart",
    ]

    @Test(arguments: ["2026-03-03", "2026-03-04", "2026-03-17", "2026-04-03", "2027-03-02"])
    func `the page has each line once, what is to be done first`(day: String) throws {
        let folder = try Self.played("first-child")
        let question = ["status", "mother", "--as-of", day]
        let tiles = try JSONDecoder().decode(
            [Tile].self, from: Data(try livsbuss(question + ["--json"], in: folder).stdout.utf8))
        let page = try livsbuss(question, in: folder).stdout.split(separator: "\n").map(String.init)
        try #require(!tiles.isEmpty)
        #expect(
            page.filter { $0.hasPrefix("        ") }.map { String($0.dropFirst(8)) }.sorted()
                == tiles.map(\.text).sorted())
        let told = page.compactMap { line in Self.sections.firstIndex(of: String(line.dropFirst(2))) }
        #expect(told == told.sorted() && Set(told).count == told.count)
        #expect(told.contains(0) == tiles.contains { $0.code == "U3" })
        #expect(page.count { $0.hasPrefix("    U3") } == tiles.count { $0.code == "U3" })
    }

    @Test func `why a line stands there is told with the law, from what began it`() throws {
        let folder = try Self.played("first-child")
        let page = try livsbuss(["status", "mother", "--why"], in: folder).stdout.split(separator: "\n").map(
            String.init)
        let line = try #require(page.firstIndex { $0.hasPrefix("    U9   Registrerad · Skatteverket · om child") })
        #expect(
            page[line + 2]
                == "        2026-03-02 06:30 Region Värmland: Födelseanmälan (mother) → Skatteverket, enligt 24 § folkbokföringslagen"
        )
        // Every line has what led to it, and nothing is told of who must not be told.
        let headings = page.indices.filter { page[$0].hasPrefix("    U") }
        #expect(headings.allSatisfy { page[$0 + 2].hasPrefix("        20") })
        #expect(!page.contains { $0.contains("någon utanför") })
    }

    @Test func `a guardian sees the child's page, and nobody sees another grown-up's`() throws {
        let folder = try Self.played("first-child")
        let own = try livsbuss(["status", "father"], in: folder).stdout.split(separator: "\n").dropFirst()
        let page = try livsbuss(["status", "child", "--as", "father"], in: folder)
        let lines = page.stdout.split(separator: "\n")
        #expect(page.exitCode == 0 && lines.first?.hasSuffix("seen by father as guardian") == true)
        #expect(lines.dropFirst().contains { $0.contains("BVC · ") })
        // All that he sees of the child stands on his own page, too.
        #expect(Set(lines.dropFirst()).isSubset(of: own))
        // He was no guardian before the register said so.
        let before = try livsbuss(["status", "child", "--as", "father", "--as-of", "2026-03-04"], in: folder)
        #expect(before.exitCode == 1 && before.stderr.contains("no register names father as guardian"))
        let other = try livsbuss(["status", "mother", "--as", "father"], in: folder)
        #expect(other.exitCode == 1 && other.stdout.isEmpty)
        #expect(other.stderr.contains("father may not see the page of mother"))
        #expect(try livsbuss(["status", "mother", "--as", "nobody"], in: folder).exitCode == 2)
        #expect(try livsbuss(["status", "mother", "--as", "mother"], in: folder).stdout.contains("the own page"))
    }

    @Test func `a god man sees the principal's page, within the scope`() throws {
        let folder = try Self.played("death/survivor-has-god-man")
        let page = try livsbuss(["status", "wife", "--as", "helper"], in: folder)
        #expect(page.exitCode == 0, "\(page.stderr)")
        #expect(page.stdout.split(separator: "\n").first?.hasSuffix("seen by helper as god man") == true)
        // What the register has told the god man of her share stands on his own page, about her.
        #expect(page.stdout.contains("Bouppteckning · "))
        // For her share the god man sees the estate's page, too.
        let estate = try livsbuss(["status", "man", "--as", "helper"], in: folder)
        #expect(estate.exitCode == 0 && estate.stdout.contains("seen by helper as partner in the estate, or for one"))
        let other = try livsbuss(["status", "helper", "--as", "wife"], in: folder)
        #expect(other.exitCode == 1 && other.stderr.contains("wife may not see the page of helper"))
    }

    @Test func `a firm's page is seen by who may act for it, as long as one may`() throws {
        let folder = try Self.played("company")
        let page = try livsbuss(["status", "koket", "--as", "anna"], in: folder)
        #expect(page.exitCode == 0, "\(page.stderr)")
        let lines = page.stdout.split(separator: "\n")
        #expect(lines.first?.hasSuffix("seen by anna as signatory") == true)
        for line in ["Bolaget · ", "Aktiekapital · ", "Verklig huvudman · ", "Skatt · ", "Livsmedel · "] {
            #expect(lines.contains { $0.contains(line) }, "\(line)")
        }
        // Her benefit is on her own page, and her fellow founder may not see that.
        #expect(!page.stdout.contains("a-kassan"))
        let other = try livsbuss(["status", "anna", "--as", "bo"], in: folder)
        #expect(other.exitCode == 1 && other.stdout.isEmpty)
        let early = try livsbuss(["status", "koket", "--as", "bo", "--as-of", "2026-01-14"], in: folder)
        #expect(early.stdout.split(separator: "\n").first?.hasSuffix("seen by bo as founder") == true)
        let before = try livsbuss(["status", "koket", "--as", "bo", "--as-of", "2026-01-11"], in: folder)
        #expect(before.exitCode == 1 && before.stderr.contains("bo may not see the page of koket"))
    }

    @Test func `who leaves the board sees nothing of the firm, and the trustee takes the board's place`() throws {
        let removed = try Self.played("company/removed-member")
        let was = try livsbuss(["status", "koket", "--as", "bo", "--as-of", "2026-02-09"], in: removed)
        #expect(was.exitCode == 0, "\(was.stderr)")
        #expect(try livsbuss(["status", "koket", "--as", "bo"], in: removed).exitCode == 1)
        let bankrupt = try Self.played("company/bankruptcy")
        let day = ["--as-of", "2026-09-15"]
        let trustee = try livsbuss(["status", "koket", "--as", "eva"] + day, in: bankrupt)
        #expect(trustee.stdout.split(separator: "\n").first?.hasSuffix("seen by eva as trustee in bankruptcy") == true)
        let board = try livsbuss(["status", "koket", "--as", "anna"] + day, in: bankrupt)
        #expect(board.stdout.split(separator: "\n").first?.hasSuffix("as board of a bankrupt firm") == true)
    }

    @Test func `who has a firm's mandate sees what it is for, and who runs a business alone sees it all`() throws {
        let folder = try Self.played("company/accountant")
        let page = try livsbuss(["status", "koket", "--as", "cia", "--as-of", "2026-02-26"], in: folder)
        #expect(page.exitCode == 0, "\(page.stderr)")
        #expect(page.stdout.contains("Skatt · ") && !page.stdout.contains("Bolaget · "))
        #expect(try livsbuss(["status", "koket", "--as", "cia"], in: folder).exitCode == 1)
        let alone = try Self.played("company/sole-trader")
        #expect(try livsbuss(["status", "snickeri", "--as", "per"], in: alone).stdout.contains("Skatt · "))
        #expect(try livsbuss(["status", "snickeri", "--as", "stranger"], in: alone).exitCode == 1)
    }

    @Test(arguments: [["status", "--why"], ["status", "--as", "mother"], ["status", "mother", "--why", "--json"]])
    func `a question that makes no sense is usage`(_ question: [String]) throws {
        #expect(try livsbuss(question, in: Folder()).exitCode == 64)
    }
}
