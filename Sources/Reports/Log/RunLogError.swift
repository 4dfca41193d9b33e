/// Why a run log cannot be read or written.
public struct RunLogError: Error, Sendable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// The line, from 1; nil where the whole file is meant.
    public let line: Int?
    /// What is wrong.
    public let reason: String
    /// Whether the file could not be opened or written, rather than holding something wrong.
    public let isEnvironment: Bool

    package init(file: String, line: Int? = nil, reason: String, isEnvironment: Bool = false) {
        self.file = file
        self.line = line
        self.reason = reason
        self.isEnvironment = isEnvironment
    }

    /// One sentence with the place.
    public var description: String { line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)" }

    /// What is wrong with a line, before its place is known.
    struct Reason: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}
