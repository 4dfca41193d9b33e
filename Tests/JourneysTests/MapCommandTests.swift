import Foundation
import Testing

/// The map that the program draws.
@Suite struct MapCommandTests {
    private static let scenarios = ["death", "move", "hall-booking"].map(RealBinary.scenario)

    @Test func `the map of today shows citizens as channels, needs where they belong, and what would meet them`() throws
    {
        let folder = try Folder()
        try folder.write(
            "needs.csv",
            """
            title,agency,event,lane,votes
            Slippa berätta om dödsfallet,Bank,Dödsfall,,12
            Ett ställe att boka hall,kommun/fritid,hall-booking,,3
            Tolk överallt,,,digital-meeting,5

            """)
        let run = try livsbuss(
            ["map"] + Self.scenarios + [
                "--planes", "silo", "--output", "map.html", "--needs", "needs.csv", "--needs-export", "answered.csv",
            ], in: folder)
        #expect(run.exitCode == 0, "\(run.stderr)")
        let html = folder.read("map.html")
        #expect(html.contains("Slippa berätta om dödsfallet · 12") && html.contains("Tolk överallt · 5"))
        #expect(html.contains("<td>citizen") && html.contains("id=\"event-death\""))
        #expect(!html.contains("<script"))
        let answered = folder.read("answered.csv").split(separator: "\n").map(String.init)
        #expect(answered.count == 4)
        #expect(
            answered.contains { $0.contains("cell-bank-bank-death,met,skatteverket.answer.v1") }, "\(answered)")
    }

    @Test func `the picture of all life events has its size, and is the same each time`() throws {
        let folder = try Folder()
        let files = try FileManager.default.contentsOfDirectory(atPath: DigestTests.shipped)
            .filter { $0.hasSuffix(".yaml") }.sorted().map { "\(DigestTests.shipped)/\($0)" }
        let (first, second) = (
            try livsbuss(["map"] + files + ["--format", "svg"], in: folder),
            try livsbuss(["map"] + files + ["--format", "svg"], in: folder)
        )
        #expect(first.exitCode == 0 && first.stdout == second.stdout)
        #expect(first.stdout.utf8.count <= 400_000)
        for event in ["birth", "death", "move", "company", "elder-care", "god-man", "financial-aid", "hall-booking"] {
            #expect(first.stdout.contains("href=\"#event-\(event)\""), "\(event)")
        }
    }

    @Test(arguments: [
        (["--planes", "silo,nav,bus"], 64, "name one plane or two"),
        (["--needs-export", "x.csv"], 64, "needs --needs"),
        (["--format", "pdf"], 64, "'pdf' is no format"),
        (["--needs", "none.csv"], 2, "none.csv: the file cannot be read"),
        (["--needs", "bad.csv"], 2, "bad.csv:2: column 1: this looks like a personal number"),
        (["--needs", "open.csv"], 2, "open.csv:2:1: a quote is not closed"),
    ])
    func `what cannot be drawn is refused`(options: [String], code: Int, words: String) throws {
        let folder = try Folder()
        try folder.write("bad.csv", "title\n850709-9805 vill veta\n")
        try folder.write("open.csv", "title\n\"open\n")
        let run = try livsbuss(["map", Self.scenarios[0]] + options, in: folder)
        #expect(run.exitCode == Int32(code) && run.stderr.contains(words), "\(run.stderr)")
    }
}
