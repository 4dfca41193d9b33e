/// What a mistake means, for one who meets it for the first time.
public struct DiagnosticExplanation: Sendable {
    /// The mistake in a few words.
    public let title: String
    /// What the language wants, and why.
    public let meaning: String
    /// A piece of a file with the mistake; empty if it takes a whole file.
    public let example: String
    /// What to do.
    public let fix: String

    init(_ title: String, meaning: String, example: String, fix: String) {
        self.title = title
        self.meaning = meaning
        self.example = example
        self.fix = fix
    }

    /// All of it, wrapped at 80 columns.
    public func text(of code: DiagnosticCode) -> String { text(of: code.rawValue) }

    func text(of code: String) -> String {
        var text = "\(code): \(title)\n\n\(Self.wrapped(meaning))\n"
        if !example.isEmpty {
            text += "\n"
            for line in example.split(separator: "\n") { text += "    \(line)\n" }
        }
        return text + "\n\(Self.wrapped(fix))\n"
    }

    private static func wrapped(_ text: String) -> String {
        var lines: [String] = [""]
        for word in text.split(separator: " ") {
            if let last = lines.last, !last.isEmpty, last.count + word.count >= 80 {
                lines.append(String(word))
            } else {
                lines[lines.count - 1] += (lines.last == "" ? "" : " ") + word
            }
        }
        return lines.joined(separator: "\n")
    }
}

extension DiagnosticCode {
    /// What the code means.
    public var explanation: DiagnosticExplanation {
        switch self {
        case .unreadable, .notYAML, .duplicateKey, .tooMany, .tooLarge, .wrongKind, .missingKey, .unknownKey,
            .badValue, .conflictingKeys, .unknownVersion, .unknownDocument, .duplicateScenario:
            fileExplanation
        case .badDate, .wrongWeekday, .badTime, .unknownStep, .duplicateStep, .backInTime, .badAnchor, .badChain,
            .unknownCapture:
            timeExplanation
        case .unknownPerson, .badNumber, .badFamily, .unknownType, .unknownAgency, .wrongSource, .unknownTile,
            .badMatcher, .badData, .neverComes:
            namesExplanation
        case .unknownParameter, .unusedParameter, .nameClash, .badMatrix, .badParameter, .badTable,
            .includeOutside, .includeCycle, .unknownBlock, .groupCycle, .badInputs:
            reuseExplanation
        }
    }
}
