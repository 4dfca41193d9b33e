extension DiagnosticCode {
    /// Mistakes in parameters, cases, includes and groups.
    var reuseExplanation: DiagnosticExplanation {
        switch self {
        case .unknownParameter:
            DiagnosticExplanation(
                "a parameter or input that is not declared",
                meaning: """
                    $name is a parameter of `params` or `matrix`, or a person; in a group it is one of \
                    the group's `inputs`.
                    """,
                example: "at: \"born +${weks}w\"",
                fix: "Correct the name, or declare it.")
        case .unusedParameter:
            DiagnosticExplanation(
                "a parameter or input that nothing uses",
                meaning: "What is varied but not used makes cases that are all alike.",
                example: "params: {income: 32000}   # and no $income",
                fix: "Use it or take it away.")
        case .nameClash:
            DiagnosticExplanation(
                "one name for two things",
                meaning: """
                    $name must mean one thing: a parameter or a person. Blocks and inputs have names of \
                    their own too.
                    """,
                example: "params: {anna: 1}         # and a citizen anna",
                fix: "Rename one.")
        case .badMatrix:
            DiagnosticExplanation(
                "a matrix that gives no cases, or one twice",
                meaning: """
                    Every list has a value, every `exclude` leaves something out, and no two cases are \
                    equal.
                    """,
                example: "matrix: {income: []}",
                fix: "Add or take away values.")
        case .badParameter:
            DiagnosticExplanation(
                "a parameter without a value, or with two kinds of value",
                meaning: """
                    Every case gives every parameter one value, and a parameter's values are all \
                    numbers, all texts, all persons, or all true and false. A value becomes part of the \
                    case's name, so it is short and has no comma, quote or bracket.
                    """,
                example: "matrix: {code: [1780, \"0180\"]}",
                fix: "Quote numbers that are names (\"1780\"), or add a default to `params`.")
        case .badTable:
            DiagnosticExplanation(
                "no table",
                meaning: "A CSV file has a header with the parameters' names and as many values in each row.",
                example: "income,protected\n32000",
                fix: "Complete the row.")
        case .includeOutside:
            DiagnosticExplanation(
                "a file outside the project",
                meaning: """
                    A scenario opens only files of its own project: the nearest folder upward with \
                    `Scenarios` or `.git`, else its own folder.
                    """,
                example: "include: [../../other/people.yaml]",
                fix: "Copy the file into the project.")
        case .includeCycle:
            DiagnosticExplanation(
                "files that include each other",
                meaning: "A file cannot need itself.",
                example: "include: [a.yaml]         # and a.yaml includes this",
                fix: "Move what both need into a third file.")
        case .unknownBlock:
            DiagnosticExplanation(
                "a block that no file has",
                meaning: """
                    `use` names a group of steps, and in `given` a block of persons or agencies, of this \
                    file or one that it includes itself.
                    """,
                example: "- {use: brith, at: +1d}",
                fix: "Correct the name, or include the library that has it.")
        case .groupCycle:
            DiagnosticExplanation(
                "a group that uses itself",
                meaning: "The steps of a group are written out where it is used, which would never end.",
                example: "groups: {a: {steps: [{use: a, at: +1d}]}}",
                fix: "Take the inner use away.")
        case .badInputs:
            DiagnosticExplanation(
                "inputs that are missing or not declared",
                meaning: """
                    A group takes exactly the inputs that it declares: persons ($anna), agencies, \
                    numbers and texts. Its time is the `at` of its use.
                    """,
                example: "- {use: birth, at: +1d, with: {mothr: $anna}}",
                fix: "Give each input of `inputs` under `with`.")
        default:
            DiagnosticExplanation(rawValue, meaning: "", example: "", fix: "")
        }
    }
}
