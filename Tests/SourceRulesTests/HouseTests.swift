import Testing

/// The rules, held against this repository.
@Suite struct HouseTests {
    @Test(arguments: DeterminismRule.rooms)
    func `nothing in a room of the engine differs from run to run`(room: String) throws {
        let found = try Repository.files(below: "Sources/\(room)").flatMap(DeterminismRule.violations)
        #expect(found.isEmpty, "\(report(found))")
    }

    @Test(arguments: ChainRule.rooms)
    func `no agency compares the ids of a fact chain by hand`(room: String) throws {
        let found = try Repository.files(below: "Sources/\(room)").flatMap(ChainRule.violations)
        #expect(found.isEmpty, "\(report(found))")
    }

    @Test func `a room imports only rooms above it, and a library only where it is wrapped`() throws {
        let files = try Repository.files(below: "Sources")
        #expect(!files.isEmpty)
        let libraries = Set(
            Repository.paths(below: "Sources/CLibraries").compactMap { path in
                path.split(separator: "/").dropFirst(2).first.map(String.init)
            })
        #expect(libraries.isSuperset(of: ImportRule.wrappers.keys))
        let found =
            files.flatMap { ImportRule.violations(in: $0, libraries: libraries) }
            + ImportRule.sharedLibraries(files, libraries: libraries)
        #expect(found.isEmpty, "\(report(found))")
    }

    @Test func `a library's folder holds a module map and a shim, nothing else`() {
        let files = Repository.paths(below: "Sources/CLibraries").filter { $0.split(separator: "/").count > 3 }
        #expect(Set(files.map { $0.split(separator: "/").last ?? "" }) == ["module.modulemap", "shim.h"])
    }

    @Test func `sources neither trap nor promise, and are short`() throws {
        let found = try Repository.files(below: "Sources").flatMap(TidinessRule.violations)
        #expect(found.isEmpty, "\(report(found))")
    }

    @Test func `a text counts one thing as one`() throws {
        let found = try Repository.files(below: "Sources").flatMap(PluralRule.violations)
        #expect(found.isEmpty, "\(report(found))")
    }
}
