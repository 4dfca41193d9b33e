import LifeEvents
import Testing

@testable import Scenarios

/// No line of a page stands at the end because of a fact that never held.
@Suite struct AnnulmentWatchTests {
    private static func death(_ change: ChangeType? = nil, of step: Int? = nil, about: String = "anna")
        -> LawWatchTests.Step
    {
        let data = change == .annulled ? #"{"reasonCode":"error"}"# : #"{"deathDate":"2026-03-03"}"#
        return .said("skatteverket.death.v1", about, data, by: "skatteverket", change: change, of: step)
    }

    private static func decided(by cause: Int, _ change: ChangeType? = nil, of step: Int? = nil) -> LawWatchTests.Step {
        .said(
            "forsakringskassan.benefit-decision.v1", "anna",
            change == .annulled ? #"{"reasonCode":"error"}"# : #"{"outcome":"rejected","from":"2026-03-04"}"#,
            change: change, of: step, causedBy: cause)
    }

    private static func tile(_ code: String = "U10", by cause: Int, _ name: String = "stopped") -> LawWatchTests.Step {
        .said(
            "citizen.status-tile.v1", "anna", #"{"tile":"\#(name)","code":"\#(code)","text":"x"}"#, causedBy: cause)
    }

    static let stories = [
        LawWatchTests.Story(
            "a line that an agency leaves", [death(), tile(by: 0), death(.annulled, of: 0), .offered(2)], ["A031"]),
        LawWatchTests.Story(
            "a line of a fact that holds", [death(), tile(by: 0), death(.corrected, of: 0), .offered(2)]),
        LawWatchTests.Story(
            "a line that says that it was wrong",
            [death(), tile(by: 0), death(.annulled, of: 0), .offered(2), tile("U11", by: 2)]),
        LawWatchTests.Story(
            "a line that is as before",
            [death(), tile(by: 0), death(.annulled, of: 0), .offered(2), tile("U7", by: 2)]),
        LawWatchTests.Story(
            "a line set anew, and another left",
            [
                death(), tile(by: 0), tile(by: 0, "housing-allowance"), death(.annulled, of: 0), .offered(3),
                tile("U7", by: 3),
            ], ["A031"]),
        LawWatchTests.Story(
            "a line of what followed from it, that nobody took back",
            [death(), decided(by: 0), tile(by: 1), death(.annulled, of: 0), .offered(3)], ["A031"]),
        LawWatchTests.Story(
            "a line of what followed from it, that was taken back and not heard",
            [
                death(), decided(by: 0), tile(by: 1), death(.annulled, of: 0), .offered(3),
                decided(by: 3, .annulled, of: 1), .offered(5),
            ], ["A031"]),
        LawWatchTests.Story(
            "a line set anew when what followed from it was taken back",
            [
                death(), decided(by: 0), tile(by: 1), death(.annulled, of: 0), .offered(3),
                decided(by: 3, .annulled, of: 1), .offered(5), tile("U9", by: 5),
            ]),
        LawWatchTests.Story(
            "a correction that is annulled with what it corrects",
            [death(), death(.corrected, of: 0), tile(by: 0), death(.annulled, of: 1), .offered(3)], ["A031"]),
        LawWatchTests.Story(
            "an end that is annulled, and the line of what ended",
            [
                decided(by: 0), tile("U6", by: 0), decided(by: 0, .ceased, of: 0), decided(by: 0, .annulled, of: 2),
                .offered(3),
            ]),
        LawWatchTests.Story(
            "an end that is annulled, and the line of the end",
            [
                decided(by: 0), decided(by: 0, .ceased, of: 0), tile(by: 1), decided(by: 0, .annulled, of: 1),
                .offered(3),
            ], ["A031"]),
        LawWatchTests.Story(
            "another fact has taken its place",
            [death(), tile(by: 0), death(), death(.annulled, of: 0), .offered(3)]),
        LawWatchTests.Story(
            "another fact about somebody else",
            [death(), tile(by: 0), death(about: "bo"), death(.annulled, of: 0), .offered(3)],
            ["A031"]),
        LawWatchTests.Story(
            "a line of a person's own act", [death(), tile(by: 7), death(.annulled, of: 0), .offered(2)]),
        LawWatchTests.Story(
            "a line by who has no rule that hears the annulment", [death(), tile(by: 0), death(.annulled, of: 0)],
            ["A031"]),
    ]

    @Test(arguments: stories) func `what an annulment leaves is told, and nothing else`(_ story: LawWatchTests.Story)
        throws
    {
        try LawWatchTests.play(story, asking: ["A031"])
    }
}
