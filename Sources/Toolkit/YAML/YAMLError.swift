/// Why a file was refused, and where.
public struct YAMLError: Error, Equatable, Sendable {
    /// What kind of refusal it is.
    public enum Code: Sendable {
        /// The file could not be read.
        case unreadable
        /// More bytes than the limit.
        case tooLarge
        /// More nesting than the limit.
        case tooDeep
        /// More values than the limit.
        case tooManyNodes
        /// Nothing but comments and space.
        case empty
        /// Not UTF-8.
        case encoding
        /// A byte order mark inside the file.
        case byteOrderMark
        /// A tab.
        case tab
        /// A control character or a noncharacter.
        case controlCharacter
        /// A line break other than LF and CR LF.
        case lineBreak
        /// A line that begins with `%`.
        case directive
        /// `&name`
        case anchor
        /// `*name`
        case alias
        /// `!name`
        case tag
        /// The key `<<`.
        case mergeKey
        /// A key that the mapping has already.
        case duplicateKey
        /// A key that is a list or a mapping.
        case keyNotScalar
        /// A `:` without a key before it.
        case missingKey
        /// A second document in the file.
        case secondDocument
        /// `${…}` without quotes inside `{ }` or `[ ]`.
        case unquotedVariable
        /// Not YAML.
        case syntax
    }

    /// The file, as it was named to the document.
    public let file: String
    /// The place; the start of the file when ``code`` is about the file as a whole.
    public let position: SourcePosition
    /// The kind of refusal.
    public let code: Code
    /// A sentence for a person, without the place.
    public let message: String
    /// Another place that explains the first: the earlier key, the open quote.
    public let related: SourcePosition?

    /// An error with every part given.
    public init(
        file: String, position: SourcePosition, code: Code, message: String, related: SourcePosition? = nil
    ) {
        self.file = file
        self.position = position
        self.code = code
        self.message = message
        self.related = related
    }

    /// The line, from 1.
    public var line: Int { position.line }
    /// The column, from 1, in Unicode scalars.
    public var column: Int { position.column }
}

extension YAMLError: CustomStringConvertible {
    /// `file:line:column: message`; without a place for a file that was not read.
    public var description: String {
        switch code {
        case .unreadable, .tooLarge: "\(file): \(message)"
        default: "\(file):\(position): \(message)"
        }
    }
}
