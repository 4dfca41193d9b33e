internal import JSON

/// A value of a schema's document, with its place.
package struct SourceValue: Sendable {
    package enum Content: Sendable {
        case null
        case bool(Bool)
        /// As it is written.
        case number(String)
        case string(String)
        case array([SourceValue])
        case object([SourceMember])
    }

    package let content: Content
    /// The byte at which it starts; no two values of a document have the same.
    package let offset: Int
    /// The number as a whole one from 0, if it is that.
    let whole: UInt64?
    /// How many bytes it takes.
    package let length: Int

    init(_ value: JSONValue) {
        offset = value.offset
        length = value.rawBytes.count
        switch value.kind {
        case .null:
            content = .null
            whole = nil
        case .bool:
            content = .bool(value.bool == true)
            whole = nil
        case .number:
            content = .number(String(decoding: value.rawBytes, as: UTF8.self))
            whole = value.uint
        case .string:
            content = .string(value.string ?? "")
            whole = nil
        case .array:
            content = .array(value.elements.map { SourceValue($0) })
            whole = nil
        case .object:
            content = .object(value.members.map { SourceMember($0) })
            whole = nil
        }
    }

    var kind: Kinds {
        switch content {
        case .null: .null
        case .bool: .bool
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    package var text: String? { if case .string(let text) = content { text } else { nil } }
    package var elements: [SourceValue]? { if case .array(let elements) = content { elements } else { nil } }
    package var members: [SourceMember]? { if case .object(let members) = content { members } else { nil } }

    /// The value of a member; nil if there is none. Names are the same where their bytes are.
    package subscript(_ name: String) -> SourceValue? {
        guard case .object(let members) = content else { return nil }
        return members.first { $0.isNamed(name) }?.value
    }
}

/// A member of an object of a schema's document.
package struct SourceMember: Sendable {
    package let name: String
    /// The byte at which its name starts, at the quote.
    package let nameOffset: Int
    package let value: SourceValue

    init(_ member: JSONMember) {
        name = member.keyString
        nameOffset = member.keyOffset
        value = SourceValue(member.value)
    }

    /// `String` takes é as one scalar and as two for the same, and this does not.
    func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count && name.utf8.elementsEqual(other.utf8)
    }
}

extension SourceValue {
    /// A null that stands nowhere.
    static let nothing = SourceValue()

    private init() {
        content = .null
        offset = 0
        length = 0
        whole = nil
    }
}
