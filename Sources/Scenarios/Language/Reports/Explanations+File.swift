extension DiagnosticCode {
    /// Mistakes in the file as such.
    var fileExplanation: DiagnosticExplanation {
        switch self {
        case .unreadable:
            DiagnosticExplanation(
                "a file cannot be read",
                meaning: "The file is not there, is no file, or you may not read it.",
                example: "include: [shared/peopel.yaml]",
                fix: "Check the name; it counts from the folder of the file that names it.")
        case .notYAML:
            DiagnosticExplanation(
                "the file is not the YAML that is read here",
                meaning: """
                    Scenario files are plain YAML: keys, lists, texts. What two programs may read \
                    differently is refused: tabs, anchors (&), aliases (*), tags (!), merge keys (<<), \
                    directives, control characters, a second document.
                    """,
                example: "- {at: born +${n}w}      # a brace inside braces",
                fix: """
                    Mend the place that is shown. A text with ${…}, ": " or " #" in it wants quotes: \
                    "born +${n}w".
                    """)
        case .duplicateKey:
            DiagnosticExplanation(
                "a key is written twice",
                meaning: """
                    One of the two would be lost without a word, so neither is taken. Agencies and \
                    persons count as keys too.
                    """,
                example: "version: 1\nversion: 1",
                fix: "Take one away.")
        case .tooMany:
            DiagnosticExplanation(
                "more mistakes than are shown",
                meaning: """
                    Fifty mistakes of a file are shown, then they are only counted. They often have one \
                    cause.
                    """,
                example: "",
                fix: "Mend the first ones and check again.")
        case .tooLarge:
            DiagnosticExplanation(
                "the file asks for too much",
                meaning: """
                    A file may have a mebibyte, 64 levels and 100,000 values; all cases together 200,000 \
                    values, a matrix 10,000 cases, a scenario 64 files.
                    """,
                example: "matrix: {a: [1, 2, …], b: [1, 2, …], c: [1, 2, …]}",
                fix: "Split the file, or name the cases that matter with `cases`.")
        case .wrongKind:
            DiagnosticExplanation(
                "a list where a map is wanted, and the like",
                meaning: "Every key takes a text, a list or a map.",
                example: "steps: {}",
                fix: "Write what the message asks for; the shipped scenarios show each key.")
        case .missingKey:
            DiagnosticExplanation(
                "a key is missing",
                meaning: """
                    Some keys must be there: a step that publishes needs `at` and `for`, an expectation \
                    says what is expected.
                    """,
                example: "- {at: +1d, publish: skatteverket.birth.v1}",
                fix: "Add the key that is named.")
        case .unknownKey:
            DiagnosticExplanation(
                "a key means nothing here",
                meaning: "Keys that nobody reads are refused, for they are misspelt or in the wrong place.",
                example: "expect: {message: skatteverket.birth.v1, witin: 5wd}",
                fix: "Correct the spelling or the indentation.")
        case .badValue:
            DiagnosticExplanation(
                "a value that the key does not take",
                meaning: """
                    The key has a fixed form: true or false, a whole number, one of a few words, a name \
                    of a-z, 0-9 and hyphens.
                    """,
                example: "status: {for: anna, tile: name, code: U12}",
                fix: "Write one of the values that the message names.")
        case .conflictingKeys:
            DiagnosticExplanation(
                "keys that exclude each other",
                meaning: "Two keys say the same thing in two ways, or a step would do two things.",
                example: "expect: {none: skatteverket.birth.v1, by: end, until: end}",
                fix: "Keep one of them.")
        case .unknownVersion:
            DiagnosticExplanation(
                "another version of the language",
                meaning: "This program reads version 1.",
                example: "version: 2",
                fix: "Write `version: 1`, or use a newer program.")
        case .unknownDocument:
            DiagnosticExplanation(
                "the file is neither what is wanted",
                meaning: """
                    A scenario begins with `scenario`, a library of blocks with `library`. Only \
                    libraries can be included.
                    """,
                example: "include: [move.yaml]",
                fix: "Move what both need into a library, and include that.")
        case .duplicateScenario:
            DiagnosticExplanation(
                "two scenarios have one name",
                meaning: "Names keep the persons, ids and results of scenarios apart when they are run together.",
                example: "scenario: move            # in two files",
                fix: "Rename one.")
        default:
            DiagnosticExplanation(rawValue, meaning: "", example: "", fix: "")
        }
    }
}
