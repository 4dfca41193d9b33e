internal import Files
internal import JSON
internal import JSONSchema

/// A value of a schema file, with its place. The file's values are those that its schema is compiled from.
struct SchemaNode {
    enum Content {
        case object([Member])
        case array([SchemaNode])
        case string(String)
        /// A number as it is written.
        case number(String)
        case bool(Bool)
        case null
    }

    struct Member {
        private let member: SourceMember
        private let file: SchemaFile

        fileprivate init(_ member: SourceMember, _ file: SchemaFile) {
            self.member = member
            self.file = file
        }

        var key: String { member.name }
        var keyPlace: SchemaPlace { file.place(member.nameOffset) }
        var value: SchemaNode { SchemaNode(member.value, file) }
    }

    private let value: SourceValue
    private let file: SchemaFile

    fileprivate init(_ value: SourceValue, _ file: SchemaFile) {
        self.value = value
        self.file = file
    }

    var place: SchemaPlace { file.place(value.offset) }
    /// The bytes of the value as they stand in the file.
    var text: String { file.parsed.text(of: value) }
    /// The file's path.
    var path: String { file.path }

    var content: Content {
        switch value.content {
        case .object(let members): .object(members.map { Member($0, file) })
        case .array(let elements): .array(elements.map { SchemaNode($0, file) })
        case .string(let text): .string(text)
        case .number(let text): .number(text)
        case .bool(let truth): .bool(truth)
        case .null: .null
        }
    }

    /// The members of an object; nil for other values.
    var members: [Member]? { value.members.map { $0.map { Member($0, file) } } }
    /// The elements of an array; nil for other values.
    var elements: [SchemaNode]? { value.elements.map { $0.map { SchemaNode($0, file) } } }
    /// The text of a string; nil for other values.
    var string: String? { value.text }
    /// The truth of a Boolean; nil for other values.
    var bool: Bool? { if case .bool(let bool) = value.content { bool } else { nil } }
    /// A whole number; nil for other values.
    var int: Int? { if case .number(let text) = value.content { Int(text) } else { nil } }

    /// The member of an object with this name; nil if there is none.
    subscript(_ key: String) -> SchemaNode? { value[key].map { SchemaNode($0, file) } }
}

/// A place in a schema file.
struct SchemaPlace: Comparable {
    let file: String
    let line: Int
    /// From 1, in Unicode scalars.
    let column: Int

    static func < (left: SchemaPlace, right: SchemaPlace) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

/// A schema file that was read: for the compiler of schemas and for the reader of annotations.
final class SchemaFile: Sendable {
    let path: String
    let parsed: ParsedSchema

    /// The longest schema file that is read, bytes; the longest shipped has some ten thousand.
    static let longest = 1 << 20

    /// Reads a file.
    /// - Throws: the file cannot be read.
    init(contentsOf path: String) throws(ContractProblem) {
        self.path = path
        do {
            parsed = ParsedSchema(try InputFile.bytes(of: path, limit: Self.longest))
        } catch {
            throw ContractProblem(file: path, message: "the file cannot be read: \(error)")
        }
    }

    /// The value of the file.
    /// - Throws: it is not JSON.
    func root() throws(ContractProblem) -> SchemaNode {
        switch parsed.root {
        case .success(let value): return SchemaNode(value, self)
        case .failure(let error):
            let place = parsed.place(error.offset)
            throw ContractProblem(
                file: path, line: place.line, column: place.column, message: "this is not JSON: \(error.reason)")
        }
    }

    func place(_ offset: Int) -> SchemaPlace {
        let place = parsed.place(offset)
        return SchemaPlace(file: path, line: place.line, column: place.column)
    }
}
