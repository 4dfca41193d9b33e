internal import Files
internal import JSON

/// A value of a schema file, with its place: a schema is read once, so it may be a tree.
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
        let key: String
        let keyPlace: SchemaPlace
        let value: SchemaNode
    }

    let content: Content
    let place: SchemaPlace
    /// The bytes of the value as they stand in the file.
    let text: String

    /// The members of an object; nil for other values.
    var members: [Member]? { if case .object(let members) = content { members } else { nil } }
    /// The elements of an array; nil for other values.
    var elements: [SchemaNode]? { if case .array(let elements) = content { elements } else { nil } }
    /// The text of a string; nil for other values.
    var string: String? { if case .string(let string) = content { string } else { nil } }
    /// The truth of a Boolean; nil for other values.
    var bool: Bool? { if case .bool(let bool) = content { bool } else { nil } }
    /// A whole number; nil for other values.
    var int: Int? { if case .number(let text) = content { Int(text) } else { nil } }

    /// The member of an object with this name; nil if there is none.
    subscript(_ key: String) -> SchemaNode? { members?.first { $0.key == key }?.value }
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

extension SchemaNode {
    /// The longest schema file that is read, bytes; the longest shipped has some ten thousand.
    static let longest = 1 << 20

    /// Reads a file.
    /// - Throws: the file cannot be read, or is not JSON.
    init(contentsOf path: String) throws(ContractProblem) {
        let bytes: [UInt8]
        do {
            bytes = try InputFile.bytes(of: path, limit: Self.longest)
        } catch {
            throw ContractProblem(file: path, message: "the file cannot be read: \(error)")
        }
        let lines = LineStarts(bytes, file: path)
        var tape = JSONTape()
        let result: Result<SchemaNode, JSONError> = bytes.withUnsafeBytes { buffer in
            do throws(JSONError) {
                try tape.parse(buffer)
                return .success(SchemaNode(tape.root, lines))
            } catch {
                return .failure(error)
            }
        }
        do {
            self = try result.get()
        } catch {
            let place = lines.place(error.offset)
            throw ContractProblem(
                file: path, line: place.line, column: place.column, message: "this is not JSON: \(error.reason)")
        }
    }

    private init(_ value: JSONValue, _ lines: LineStarts) {
        place = lines.place(value.offset)
        text = String(decoding: value.rawBytes, as: UTF8.self)
        switch value.kind {
        case .object:
            content = .object(
                value.members.map { member in
                    Member(
                        key: member.keyString, keyPlace: lines.place(member.keyOffset),
                        value: SchemaNode(member.value, lines))
                })
        case .array: content = .array(value.elements.map { SchemaNode($0, lines) })
        case .string: content = .string(value.string ?? "")
        case .number: content = .number(text)
        case .bool: content = .bool(value.bool ?? false)
        case .null: content = .null
        }
    }
}

/// Where the lines of a file start, to tell a byte's line and column.
private struct LineStarts {
    private let bytes: [UInt8]
    private let file: String
    private let starts: [Int]

    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
        starts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    }

    func place(_ offset: Int) -> SchemaPlace {
        let line = starts.partitioningIndex { $0 > offset } - 1
        let column = bytes[starts[line]..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 }
        return SchemaPlace(file: file, line: line + 1, column: column + 1)
    }
}

extension [Int] {
    /// The first index whose element has the property, where all after it have it too; the count if none has.
    fileprivate func partitioningIndex(_ hasProperty: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if hasProperty(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
