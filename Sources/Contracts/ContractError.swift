/// Why a folder of contracts was refused: everything that is wrong with it, not only the first fault.
public struct ContractError: Error, Equatable, Sendable {
    /// The faults by file and place; never empty.
    public let problems: [ContractProblem]

    /// An error with its faults.
    public init(problems: [ContractProblem]) {
        self.problems = problems
    }
}

extension ContractError: CustomStringConvertible {
    /// One line a fault.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

/// One fault of a contract.
public struct ContractProblem: Error, Equatable, Sendable {
    /// The file or folder.
    public let file: String
    /// The line, from 1; nil when the fault is about the file as a whole.
    public let line: Int?
    /// The column, from 1, in Unicode scalars; nil when the fault is about the file as a whole.
    public let column: Int?
    /// A sentence for a person, without the place.
    public let message: String

    /// A fault at a place.
    public init(file: String, line: Int? = nil, column: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }
}

extension ContractProblem: CustomStringConvertible {
    /// `file:line:column: message`
    public var description: String {
        guard let line, let column else { return "\(file): \(message)" }
        return "\(file):\(line):\(column): \(message)"
    }
}
