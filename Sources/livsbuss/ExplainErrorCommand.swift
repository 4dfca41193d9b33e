import CommandLineTool
import Scenarios
import Terminal

/// `livsbuss explain-error CODE`
enum ExplainErrorCommand {
    static var command: Command {
        Command(
            "explain-error",
            "Explains a mistake in a scenario file or a failed expectation; without a code, lists all.",
            examples: [
                "livsbuss explain-error E025": "what the code means and what to do",
                "livsbuss explain-error A001": "the same for a failure of a run",
            ]
        ) { args in
            let code: String? = args.optionalPositional("code", "A code such as E012.")
            let output = args.output
            return {
                guard let code else {
                    for code in DiagnosticCode.allCases {
                        output.writeLine("\(code.rawValue)  \(code.explanation.title)")
                    }
                    for code in FailureCode.allCases { output.writeLine("\(code.rawValue)  \(code.title)") }
                    return 0
                }
                if let failure = FailureCode(rawValue: code.uppercased()) {
                    output.write(failure.text)
                    return 0
                }
                guard let known = DiagnosticCode(rawValue: code.uppercased()) else {
                    throw Failure(.invalidFile, "there is no code \(code); `livsbuss explain-error` lists them")
                }
                output.write(known.explanation.text(of: known))
                return 0
            }
        }
    }
}
