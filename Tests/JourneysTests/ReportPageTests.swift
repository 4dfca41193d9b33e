import Foundation
import Testing

/// The page of a run, as a browser shows it.
@Suite(.waits, .enabled(if: Chromium.path != nil || Kcat.isDemanded, "chromium is missing"))
struct ReportPageTests {
    /// A page with a failed and three passed journeys.
    static func page(in folder: Folder) throws {
        try ReportTests.death(in: folder, isWrong: true)
        for name in ["first-child", "move"] {
            try folder.write("\(name).yaml", String(contentsOfFile: RealBinary.scenario(name), encoding: .utf8))
        }
        let files = ["death.yaml", "first-child.yaml", "move.yaml"]
        let run = try livsbuss(["run", "-q"] + files + ["--log", "run.jsonl"], in: folder)
        #expect(run.exitCode == 1, "\(run.stderr)")
        let report = try livsbuss(["report", "run.jsonl", "--html", "run.html", "--mermaid", "run.mmd"], in: folder)
        #expect(report.exitCode == 1, "\(report.stderr)")
    }

    @Test func `the page works without an error and draws each journey twice`() throws {
        let folder = try Folder()
        try Self.page(in: folder)
        let (document, console) = try Chromium.open("run.html", in: folder)
        #expect(console.isEmpty, "\(console)")
        #expect(document.components(separatedBy: "<svg").count - 1 == 6)
        #expect(document.contains("1 of 3 journeys failed"))
        #expect(document.contains("class=\"bad\""), "a failed expectation is a dashed arrow")
        // Failures stand first, and are open.
        let failed = try #require(document.range(of: "<details class=\"case no\" id=\"case-0\" open"))
        let passed = try #require(document.range(of: "<details class=\"case ok\""))
        #expect(failed.lowerBound < passed.lowerBound)
    }

    @Test func `nothing is fetched`() throws {
        let folder = try Folder()
        try Self.page(in: folder)
        let page = folder.read("run.html")
        for word in ["http://", "https://", "src=", "@import", "url("] { #expect(!page.contains(word), "\(word)") }
    }

    @Test(arguments: [390, 1_280])
    func `the page never scrolls sideways, whichever tab is open`(width: Int) throws {
        let folder = try Folder()
        try Self.page(in: folder)
        try folder.write(
            "frame.html",
            """
            <body><iframe src="run.html" style="width:\(width)px;height:900px;border:0"></iframe><script>
            document.querySelector('iframe').onload = function () {
              var page = this.contentDocument, widths = [];
              page.querySelectorAll('details').forEach(function (d) { d.open = true; });
              page.querySelectorAll('.tabs').forEach(function (tabs) {
                [].forEach.call(tabs.children, function (tab) {
                  tab.click(); widths.push(page.documentElement.scrollWidth);
                });
              });
              document.body.dataset.widest = Math.max.apply(null, widths) + ' of ' + widths.length;
            };
            </script></body>
            """)
        let (document, console) = try Chromium.open("frame.html", in: folder)
        #expect(console.isEmpty, "\(console)")
        #expect(document.contains("data-widest=\"\(width) of 18\""), "\(document.suffix(200))")
    }

    @Test func `Mermaid text has a diagram for each journey, with what failed`() throws {
        let folder = try Folder()
        try Self.page(in: folder)
        let text = folder.read("run.mmd")
        #expect(text.components(separatedBy: "sequenceDiagram\n").count - 1 == 3)
        #expect(text.contains("L3--xL0: FAILED expected pensionsmyndigheten.pension-decision.v1 for widow"))
        #expect(text.contains("Note over L0,L8: … 3 d 9 h …"))
    }
}
