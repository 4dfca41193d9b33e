import Foundation
import Scenarios
import Testing

/// Every file of `BadFiles` is refused in exactly the words of the text beside it.
///
/// `LIVSBUSS_REWRITE_SNAPSHOTS=1 swift test --filter LanguageSnapshotTests` writes the texts anew.
@Suite struct LanguageSnapshotTests {
    static let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!)) + "/BadFiles/"
    static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))!
        .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    /// A vocabulary of its own, so that a new contract changes no guess.
    static let vocabulary = ScenarioVocabulary(
        types: [
            "forsakringskassan.filing.application.v1", "region.birth-notice.v1", "skatteverket.birth.v1",
            "skatteverket.death.v1", "skatteverket.filing.move-notice.v1", "skatteverket.filing.name.v1",
            "skatteverket.register-entry.v1",
        ],
        tiles: ["child-benefit", "name", "parenthood"])

    @Test func `there are files`() {
        #expect(Self.names.count >= 40)
    }

    @Test(arguments: names)
    func `a bad file is refused in known words`(name: String) throws {
        let reading = ScenarioFile.read(path: "\(Self.folder)\(name).yaml", vocabulary: Self.vocabulary)
        let text = reading.diagnostics.map { "\($0)\n" }.joined(separator: "\n")
            .replacing(Self.folder, with: "")
        #expect(reading.scenarios.isEmpty)
        #expect(!reading.isValid)
        let snapshot = "\(Self.folder)\(name).txt"
        if ProcessInfo.processInfo.environment["LIVSBUSS_REWRITE_SNAPSHOTS"] != nil {
            try text.write(toFile: snapshot, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: snapshot, encoding: .utf8) == text)
    }

    @Test func `every code of the language is met by some bad file or test, and explained`() throws {
        var met: Set<String> = []
        for name in Self.names {
            met.formUnion(
                ScenarioFile.read(path: "\(Self.folder)\(name).yaml", vocabulary: Self.vocabulary).diagnostics
                    .map(\.code.rawValue))
        }
        // Two files of one name, limits, and data held against schemas are the matter of other tests.
        let elsewhere: Set = ["E017", "E020", "E021", "E005", "E015", "E045", "E046"]
        let codes = Set(DiagnosticCode.allCases.map(\.rawValue))
        #expect(codes.subtracting(met).subtracting(elsewhere) == [])
    }

    @Test(arguments: DiagnosticCode.allCases)
    func `a code is explained with its meaning, an example and a way out`(code: DiagnosticCode) {
        let explanation = code.explanation
        #expect(!explanation.title.isEmpty)
        #expect(explanation.meaning.hasSuffix("."))
        #expect(!explanation.fix.isEmpty)
        #expect(!explanation.example.isEmpty || code == .tooMany)
        #expect(explanation.text(of: code).hasPrefix("\(code.rawValue): "))
    }

    @Test func `codes are told apart`() {
        #expect(Set(DiagnosticCode.allCases.map(\.rawValue)).count == DiagnosticCode.allCases.count)
    }
}
