/// What was wrong with a command line; the one place that words it.
enum UsageError: Error, Equatable, CustomStringConvertible {
    case missingCommand
    case unknownCommand(String, guess: String?)
    case optionBeforeCommand(String, guess: String?)
    case unknownOption(String, guess: String?)
    case givenTwice(String)
    case missingValue(String, valueName: String)
    case unwantedValue(String, value: String)
    case invalidValue(String, sentence: String)
    case missing(String)
    case tooFew(String, given: Int, minimum: Int)
    case unexpectedArgument(String)
    case rejected(String)

    var description: String {
        switch self {
        case .missingCommand:
            "A command is missing."
        case .unknownCommand(let name, let guess):
            "Unknown command '\(name)'." + question(guess)
        case .optionBeforeCommand(let option, let guess):
            "Unknown option '\(option)'."
                + (guess == nil ? " Options of a command stand behind its name." : question(guess))
        case .unknownOption(let option, let guess):
            "Unknown option '\(option)'." + question(guess)
        case .givenTwice(let label):
            "\(label) is given more than once."
        case .missingValue(let label, let valueName):
            "\(label) needs a value: \(label) <\(valueName)>."
        case .unwantedValue(let label, let value):
            "\(label) takes no value, but is given '\(value)'."
        case .invalidValue(let label, let sentence):
            "\(label): \(sentence)"
        case .missing(let label):
            "\(label) is missing."
        case .tooFew(let label, let given, let minimum):
            given == 0 && minimum == 1
                ? "\(label) is missing." : "\(label) is given \(given) of at least \(minimum) times."
        case .unexpectedArgument(let text):
            "Unexpected argument '\(text)'."
        case .rejected(let sentence):
            sentence
        }
    }
}
