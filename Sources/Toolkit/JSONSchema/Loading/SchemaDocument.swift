/// A file of a catalogue of schemas.
public struct SchemaDocument: Sendable {
    /// What relative references in it start from: a URI, or a path such as `Topics/types.schema.json`.
    public let uri: String
    /// The name of the file in errors.
    public let file: String
    /// Its JSON, read.
    let parsed: ParsedSchema

    /// A file; without a name for errors it is named by its URI.
    public init(uri: String, file: String? = nil, bytes: [UInt8]) {
        self.init(uri: uri, file: file ?? uri, ParsedSchema(bytes))
    }

    /// A file that was read already.
    package init(uri: String, file: String, _ parsed: ParsedSchema) {
        self.uri = uri
        self.file = file
        self.parsed = parsed
    }
}

/// What is wrong with a schema, and where.
public struct SchemaError: Equatable, Sendable, CustomStringConvertible {
    /// The name of the file.
    public let file: String
    /// The line from 1.
    public let line: Int
    /// The column from 1, in Unicode scalars.
    public let column: Int
    /// A sentence without a full stop.
    public let message: String

    /// `file:line:column: message`
    public var description: String { "\(file):\(line):\(column): \(message)" }
}

/// All that is wrong with a catalogue of schemas, in the order of its files; at most ``maximumCount``.
public struct SchemaErrors: Error, Equatable, Sendable, CustomStringConvertible {
    /// The most errors told at once: nobody reads more.
    public static let maximumCount = 100

    /// The errors, at least one.
    public let errors: [SchemaError]

    /// One error a line.
    public var description: String { errors.map(\.description).joined(separator: "\n") }
}

/// A place in a schema.
public struct SchemaLocation: Equatable, Sendable, CustomStringConvertible {
    /// The document's URI and a JSON Pointer: `types.schema.json#/$defs/day/format`.
    public let uri: String
    /// The name of the file.
    public let file: String
    /// The line from 1.
    public let line: Int
    /// The column from 1, in Unicode scalars.
    public let column: Int

    /// `file:line:column`
    public var description: String { "\(file):\(line):\(column)" }
}
