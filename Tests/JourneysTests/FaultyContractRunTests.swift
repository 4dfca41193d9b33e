import Foundation
import Testing

/// A run reads the schemas that its steps and agencies need. A fault of one of them is told before anything is played, with
/// every fault of every file; one of a schema that it does not need is the checks' business.
@Suite struct FaultyContractRunTests {
    private static let needed = "skatteverket/birth.v1.schema.json"
    private static let unneeded = [
        "bolagsverket/filing.signature.v1.schema.json", "bolagsverket/internal.seat.v1.schema.json",
    ]

    private func call(_ arguments: [String], breaking files: [String]) throws -> (code: Int32, text: String) {
        let folder = try Folder()
        try FileManager.default.copyItem(atPath: RealBinary.topics, toPath: "\(folder.path)/Topics")
        for (number, file) in files.enumerated() {
            let path = "Topics/\(file)"
            let text = folder.read(path)
            // One is unknown to the compiler of schemas, the next to the reader of annotations.
            let (old, new) = number == 0 ? (#""required""#, #""requred""#) : (#""chain""#, #""chan""#)
            try #require(text.contains(old), "\(file)")
            try folder.write(path, text.replacing(old, with: new, maxReplacements: 1))
        }
        let child = try Child(RealBinary.path.get(), arguments, in: folder)
        let code = child.wait()
        return (code, child.standardOutput + child.standardError)
    }

    @Test func `a run is not held up by faults of schemas that it does not need`() throws {
        let run = try call(["run", RealBinary.scenario("first-child"), "-q"], breaking: Self.unneeded)
        #expect(run.code == 0 && run.text.contains("passed  first-child"), "\(run.text)")
    }

    @Test(arguments: [
        ["run", RealBinary.scenario("first-child"), "-q"], ["run", RealBinary.scenario("move"), "-q"],
    ])
    func `a fault of a schema that a run needs is told with those of all files, and nothing is played`(
        arguments: [String]
    ) throws {
        let run = try call(arguments, breaking: [Self.needed] + Self.unneeded)
        #expect(run.code == 2 && !run.text.contains("passed"), "\(run.text)")
        for file in [Self.needed] + Self.unneeded { #expect(run.text.contains(file), "\(file): \(run.text)") }
    }

    @Test(arguments: [
        ["check", RealBinary.scenario("first-child")], ["topics", "check"], ["topics", "asyncapi"],
    ])
    func `who checks is told of every fault, whatever is needed`(arguments: [String]) throws {
        let check = try call(arguments, breaking: Self.unneeded)
        #expect(check.code == 2, "\(check.text)")
        for file in Self.unneeded { #expect(check.text.contains(file), "\(file): \(check.text)") }
    }
}
