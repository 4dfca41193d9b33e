public import YAML

/// A stretch of a named file: where something of a scenario was written.
public struct SourceSpan: Hashable, Sendable {
    /// The file, as it was named to the parser.
    public let file: String
    /// The stretch, in lines and columns from 1.
    public let range: SourceRange

    /// A stretch of a file.
    public init(file: String, range: SourceRange) {
        self.file = file
        self.range = range
    }
}

extension SourceSpan: CustomStringConvertible {
    /// `file:line:column` of the first character, which editors and terminals can open.
    public var description: String { "\(file):\(range.start)" }
}

/// A value with the place it was written at.
public struct Located<Value: Sendable>: Sendable {
    /// The value.
    public let value: Value
    /// Its place.
    public let span: SourceSpan

    /// A value at a place.
    public init(_ value: Value, _ span: SourceSpan) {
        self.value = value
        self.span = span
    }
}

extension Located: Equatable where Value: Equatable {}
