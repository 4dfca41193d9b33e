/// Why a JSON value is not a value of the Swift type asked for.
public struct JSONDecodingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where in the value that was decoded, such as `payees[1].share`; empty for the value itself.
    public let path: String
    /// What is wrong there.
    public let reason: String
    /// The byte of the message, counted from 0, where the value at fault starts; where a key is missing, its object.
    public let offset: Int

    /// Says what is wrong with a value, for types that read a `JSONValue` by hand.
    public init(path: String, reason: String, offset: Int) {
        self.path = path
        self.reason = reason
        self.offset = offset
    }

    /// A sentence for a person.
    public var description: String {
        path.isEmpty ? "\(reason) (byte \(offset))" : "\(path): \(reason) (byte \(offset))"
    }
}

extension JSONDecodingError {
    init(at value: JSONValue, below root: UInt32, _ reason: String) {
        let steps = JSONPath.steps(to: value.index, from: JSONValue(storage: value.storage, index: root))
        self.init(path: JSONPath.text(steps), reason: reason, offset: value.offset)
    }

    init(missing key: any CodingKey, in object: JSONValue, below root: UInt32) {
        let steps = JSONPath.steps(to: object.index, from: JSONValue(storage: object.storage, index: root))
        let reason =
            object.kind == .object
            ? "the key \"\(key.stringValue)\" is missing" : "expected an object, found \(object.kindName)"
        self.init(path: JSONPath.text(steps + [JSONPath.Step(key)]), reason: reason, offset: object.offset)
    }

    init(_ value: JSONValue, isNot expected: String, below root: UInt32) {
        self.init(at: value, below: root, "expected \(expected), found \(value.kindName)")
    }

    /// The same for an error that a decoded type threw itself.
    init(_ error: DecodingError, in root: JSONValue) {
        let steps: [any CodingKey]
        let reason: String
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            steps = context.codingPath
            reason = context.debugDescription
        case .keyNotFound(let key, let context):
            steps = context.codingPath + [key]
            reason = "the key \"\(key.stringValue)\" is missing"
        @unknown default:
            steps = []
            reason = "\(error)"
        }
        let path = steps.map { JSONPath.Step($0) }
        self.init(path: JSONPath.text(path), reason: reason, offset: JSONPath.deepest(path, from: root).offset)
    }
}

extension JSONValue {
    /// What the value is, with its article.
    var kindName: String {
        switch kind {
        case .object: "an object"
        case .array: "an array"
        case .string: "a string"
        case .number: "a number"
        case .bool: rawBytes.count == 4 ? "true" : "false"
        case .null: "null"
        }
    }
}
