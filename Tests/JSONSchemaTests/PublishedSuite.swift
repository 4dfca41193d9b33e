import Foundation
import JSON
import Testing

@testable import JSONSchema

/// A part of the official JSON Schema test suite, beside the checkout; it is not copied into it.
///
/// Without it its tests are named as skipped, except where `CI=true`: there they fail.
enum PublishedSuite {
    private static let isDemanded = ProcessInfo.processInfo.environment["CI"] == "true"

    private static let folder: String? = {
        let repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let beside = repository.deletingLastPathComponent().appendingPathComponent("shared/json-schema-test-suite")
        let named = ProcessInfo.processInfo.environment["JSON_SCHEMA_SUITE_FOR_TESTS"]
        return [named, beside.path].compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0) }
    }()

    static var isWanted: Bool { isDemanded || folder != nil }

    /// A group of tests of one schema.
    struct Group {
        let name: String
        let schema: [UInt8]
        let tests: [(name: String, data: [UInt8], isValid: Bool)]
    }

    static func groups() throws -> [Group] {
        let folder = try #require(folder, "../shared/json-schema-test-suite is missing")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        return try files.sorted().flatMap { file in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)"))
            return try JSONTape.reading(Array(bytes)) { root in
                root.elements.map { group in
                    Group(
                        name: "\(file): \(group["description"]?.string ?? "")",
                        schema: group["schema"].map { Array($0.rawBytes) } ?? [],
                        tests: group["tests"].map { tests in
                            tests.elements.map { test in
                                (
                                    test["description"]?.string ?? "", test["data"].map { Array($0.rawBytes) } ?? [],
                                    test["valid"]?.bool == true
                                )
                            }
                        } ?? [])
                }
            }
        }
    }
}

@Suite(.enabled(if: PublishedSuite.isWanted, "needs ../shared/json-schema-test-suite"))
struct PublishedSuiteTests {
    /// What docs/json-schema.md names as refused.
    private static let documented = [
        "the keyword unevaluatedProperties is not supported", "properties of characters are not read",
        "no schema of the catalogue is called https://json-schema.org/draft/2020-12/schema",
    ]

    @Test func `every group of the published suite passes, or is refused for a documented reason`() throws {
        var passed = 0
        var refused = 0
        var tests = 0
        for group in try PublishedSuite.groups() {
            let catalogue: SchemaLibrary
            do throws(SchemaErrors) {
                catalogue = try SchemaLibrary([SchemaDocument(uri: "suite.json", bytes: group.schema)])
            } catch {
                refused += 1
                for error in error.errors {
                    #expect(Self.documented.contains { error.message.contains($0) }, "\(group.name): \(error)")
                }
                continue
            }
            passed += 1
            let schema = try #require(catalogue["suite.json"])
            for test in group.tests {
                tests += 1
                try JSONTape.reading(test.data) { value in
                    #expect(schema.isValid(value) == test.isValid, "\(group.name): \(test.name)")
                    #expect(schema.failures(of: value).isEmpty == test.isValid, "\(group.name): \(test.name)")
                }
            }
        }
        print("JSON Schema suite: \(passed) groups with \(tests) tests pass, \(refused) groups are refused on load")
        #expect(passed > 100)
    }
}
