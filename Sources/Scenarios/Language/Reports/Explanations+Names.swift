extension DiagnosticCode {
    /// Mistakes in persons, agencies, types and values.
    var namesExplanation: DiagnosticExplanation {
        switch self {
        case .unknownPerson:
            DiagnosticExplanation(
                "a person who is not declared",
                meaning: """
                    Everybody whom a message is about stands under given: citizens. A group of steps \
                    knows only persons that it is handed.
                    """,
                example: "for: ana",
                fix: "Correct the name, declare the person, or hand the person over with `with`.")
        case .badNumber:
            DiagnosticExplanation(
                "no personal number",
                meaning: "A personal number has a date, a serial number and a check digit.",
                example: "number: \"19858202-0011\"",
                fix: "Use a synthetic number from the tax agency's list, or `born`.")
        case .badFamily:
            DiagnosticExplanation(
                "a family that cannot be",
                meaning: "Nobody is their own parent or spouse, is in two households or has two spouses.",
                example: "households: {a: [anna], b: [anna]}",
                fix: "Take one of the two away.")
        case .unknownType:
            DiagnosticExplanation(
                "a message type that no contract has",
                meaning: """
                    Every message has a contract, with a schema and a list of who may read it. `livsbuss \
                    topics list` names them.
                    """,
                example: "publish: skatteverket.brith.v1",
                fix: "Correct the name, or add the contract.")
        case .unknownAgency:
            DiagnosticExplanation(
                "no such agency",
                meaning: """
                    Agencies are named as skatteverket, kommun-1780, region-17. A fault hits an agency \
                    that takes part.
                    """,
                example: "agencies: [skateverket, kommun]",
                fix: "Correct the name, or add the agency to given: agencies.")
        case .wrongSource:
            DiagnosticExplanation(
                "an agency that may not say this",
                meaning: """
                    Only its owner publishes on a topic; citizens and employers publish filings. There are many \
                    municipalities and regions, so `from` says which.
                    """,
                example: "{publish: region.birth-notice.v1, for: anna, …}",
                fix: "Add or correct `from`.")
        case .unknownTile:
            DiagnosticExplanation(
                "a tile that no citizen has",
                meaning: "Tiles are the rows of a citizen's status page.",
                example: "status: {for: anna, tile: child-benefits, code: U7}",
                fix: "Correct the name.")
        case .badMatcher:
            DiagnosticExplanation(
                "a condition that cannot be read or met",
                meaning: """
                    In expected data a map of gt, lt, at_least, at_most, between, approx, regex, one_of, none_of, not, \
                    contains, each, length, exists, absent or any is a condition on the value.
                    """,
                example: "data: {share: {gt: many}}",
                fix: """
                    Compare numbers and times; list values in one_of and none_of; let exists, absent and any stand \
                    alone.
                    """)
        case .badData:
            DiagnosticExplanation(
                "data that the type's schema does not allow",
                meaning: """
                    Every type has a schema in the folder of contracts. What a step publishes must fit it; what is \
                    expected must be possible, or the expectation could not fail. So must be what a condition compares \
                    with: each value of one_of, none_of and not, the bounds of gt, lt, at_least, at_most, between and \
                    approx, the items of contains and each, a length, a regex beside an enumeration; and absent is for \
                    what a message can lack. A file that expects a dead letter of a type may publish data that its \
                    schema does not allow, and expects of the letter what it has published. `livsbuss topics show \
                    TYPE` has the fields and their values.
                    """,
                example: "data: {outcome: {not: grantd}}",
                fix: "Correct the key, the value or the condition; a person is written `$anna`.")
        case .neverComes:
            DiagnosticExplanation(
                "what can never come",
                meaning: """
                    An expectation of a message, tile or refusal that nobody in the scenario can bring says nothing: a \
                    `none` of it would hold whatever happens. A message comes of an agency that takes part, is \
                    simulated and may say its type by the contracts; else of a step or an opening fact. Silent agencies \
                    say nothing; external ones, people and employers say what steps say for them. An agency sets only \
                    its own tiles, and refuses a filing only for the sentences of its rules.
                    """,
                example: "- expect: {none: skatteverket.birth.v1, for: anna, within: 1w}  # skatteverket takes no part",
                fix: "Correct the name, or add the agency to given: agencies.")
        default:
            DiagnosticExplanation(rawValue, meaning: "", example: "", fix: "")
        }
    }
}
