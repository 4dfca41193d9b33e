import CitizenStatus
import Contracts
import Hosting
import Kafka
import Reports
import Runs
import SQLite
import Scenarios
import Terminal

/// Why a command could not do its work, with the exit code that says what kind of trouble it is.
struct Failure: Error, CustomStringConvertible {
    /// 0 passed, 1 an expectation failed, 2 an invalid file, 3 the environment, 4 a program that plays an agency, 5 nothing
    /// was played; 64 is usage.
    enum Code: Int32 {
        case expectation = 1
        case invalidFile = 2
        case environment = 3
        /// A program that plays an agency on standard input is not there, does not begin, hangs or ends again and again.
        case program = 4
        /// Nothing was played: everything is skipped, or nothing was chosen. That is not green.
        case nothingPlayed = 5
        /// Ctrl-C: as a shell has it, 128 and the signal's number.
        case interrupted = 130
        /// SIGTERM.
        case terminated = 143
    }

    var code: Code
    var description: String
    /// The mistakes in files that it counts, for reports; empty where it is no matter of files.
    var mistakes: [FileMistake]

    init(_ code: Code, _ description: String, _ mistakes: [FileMistake] = []) {
        self.code = code
        self.description = description
        self.mistakes = mistakes
    }

    /// What a person reads of an error, and the exit code.
    static func explain(_ error: any Error) -> (message: String, exitCode: Int32) {
        switch error {
        case let failure as Failure: (failure.description, failure.code.rawValue)
        case let error as RunLogError:
            ("\(error)", (error.isEnvironment ? Code.environment : .invalidFile).rawValue)
        case let error as ScriptError: ("\(error)", Code.invalidFile.rawValue)
        case let error as QuestionError: ("\(error)", Code.invalidFile.rawValue)
        case let error as ContractError: ("\(error)", Code.invalidFile.rawValue)
        case let error as ProgramChoiceError: ("\(error)", Code.invalidFile.rawValue)
        // What a program is called and says may be written by others.
        case let error as ProgramFailure: ("\(error)".escapedLine, Code.program.rawValue)
        default: ("\(error)", Code.environment.rawValue)
        }
    }
}
