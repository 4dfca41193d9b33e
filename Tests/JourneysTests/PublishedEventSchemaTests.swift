import Foundation
import Testing

/// What a run puts on the bus is held against the schema that CloudEvents publishes, by a validator that is not ours.
@Suite struct PublishedEventSchemaTests {
    /// Prints what is wrong with the messages of a store, and at last how many there are.
    private static let program = """
        import json, sqlite3, sys, jsonschema
        with open(sys.argv[1]) as file: schema = json.load(file)
        kind = jsonschema.validators.validator_for(schema)
        kind.check_schema(schema)
        validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
        rows = sqlite3.connect(sys.argv[2]).execute("SELECT value FROM messages ORDER BY seq").fetchall()
        for (value,) in rows:
            event = json.loads(value)
            for error in validator.iter_errors(event):
                print(event.get("id"), list(error.absolute_path), error.message)
        broken = dict(json.loads(rows[0][0]))
        del broken["source"]
        broken["time"] = "yesterday"
        print(len(rows), len(list(validator.iter_errors(broken))))
        """

    @Test(
        .enabled(if: Python.isWantedWithSchemas, "Python's modules or ../shared/schemas are missing"),
        arguments: ["first-child", "death", "move", "faults/corrupt-notice", "acceptance/protected-child"])
    func `each event of a run is one by the published schema, dead letters and what is withheld among them`(
        scenario: String
    ) throws {
        let folder = try Folder()
        let run = try livsbuss(["run", RealBinary.scenario(scenario), "--store", "store", "-q"], in: folder)
        try #require(run.exitCode == 0, "\(run.stderr)")
        let result = try Python.run(
            Self.program, [Python.schema("cloudevents-1.0.json"), "\(folder.path)/store/status.sqlite"])
        let lines = result.output.split(separator: "\n")
        #expect(result.code == 0 && lines.count == 1, "\(result.output)")
        let counts = (lines.last ?? "").split(separator: " ").compactMap { Int($0) }
        // The validator finds what is wrong where something is.
        try #require(counts.count == 2)
        #expect(counts[0] > 5 && counts[1] > 0)
    }
}
