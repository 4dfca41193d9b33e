import CommandLineTool
import Terminal

/// `livsbuss verify FOLDER`
enum VerifyCommand {
    static var command: Command {
        Command(
            "verify", "Checks the evidence that `livsbuss conformance --evidence` has written.",
            discussion: """
                The report and all questions and answers in the folder must be those that were written, and contracts, \
                scenarios, the program and this program those that it was made with. Exit codes: 0 all is as it was and \
                the report says that the program conforms, 1 something differs or a clause is broken, 2 the folder holds \
                no evidence.
                """,
            examples: ["livsbuss verify bundle": "whether the evidence holds"]
        ) { args in
            let folder: String = args.positional("folder", "The folder with the evidence.", complete: .directories)
            let output = args.output
            return {
                let (files, faults, conforms, agency) = try Evidence.check(folder)
                for fault in faults { output.write("differs  \(fault.escapedLine)\n") }
                if faults.isEmpty { output.write("\(counted(files, "file")) as they were\n") }
                output.write(
                    "the report says that \(agency.escapedLine) \(conforms ? "conforms" : "does not conform")\n")
                return faults.isEmpty && conforms ? 0 : Failure.Code.expectation.rawValue
            }
        }
    }
}
