import Foundation
import LifeEvents
import Testing

@Suite struct RealNumberScanTests {
    @Test(arguments: [
        ("born 19770117-2392.", ["1:6 19770117-****"]),
        ("197701172392", ["1:1 19770117****"]),
        ("a\nb 770117-2392 c 640883-3231", ["2:3 770117-****", "2:17 640883-****"]),
        ("900101+9802", ["1:1 900101+****"]),
        ("19770117 2392", ["1:1 19770117 ****"]),
        ("{\"id\":\"7701172392\"}", ["1:8 770117****"]),
    ])
    func `what could be a real number is found, with its place and masked`(text: String, places: [String]) {
        #expect(PersonalNumber.findReal(in: text).map(\.description) == places)
    }

    @Test(arguments: [
        "19858123-9806", "197701172391", "19770230-2392", "202100-4748", "1977011723920", "x197701172392",
        "197701172392x",
        "1772434800000", "2026-03-02T07:00:00.000Z", "019cad67-f580-7abc-8123-456789abcdef", "297701172392",
        "19770117–2392",
        "å197701172392", "", "pbcdfghjklmnpqrs", "770117-23921",
    ])
    func `what cannot be one is passed over`(text: String) {
        #expect(PersonalNumber.findReal(in: text).isEmpty)
    }

    @Test func `a listed test number is passed over`() {
        #expect(PersonalNumber.findReal(in: "19770117-2392 770117-2392", allowed: ["19770117-2392"]).count == 1)
        #expect(PersonalNumber.findReal(in: "197701172392", allowed: ["19770117-2392"]).isEmpty)
    }

    @Test(arguments: ["seeds", "Scenarios"])
    func `no file of the repository holds what could be a real person's number`(folder: String) throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "../../..").standardizedFileURL
        let files = FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)
        for case let file as URL in try #require(files) {
            guard let bytes = try? Data(contentsOf: file) else { continue }
            let findings = PersonalNumber.findReal(in: String(decoding: bytes, as: UTF8.self))
            #expect(findings.isEmpty, "\(file.lastPathComponent): \(findings)")
        }
    }
}
