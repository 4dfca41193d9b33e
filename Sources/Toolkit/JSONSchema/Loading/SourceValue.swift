internal import JSON

/// A value of a schema's document, with its place.
struct SourceValue: Sendable {
    enum Content: Sendable {
        case null
        case bool(Bool)
        /// As it is written.
        case number(String)
        case string(String)
        case array([SourceValue])
        case object([SourceMember])
    }

    let content: Content
    /// The byte at which it starts; no two values of a document have the same.
    let offset: Int
    /// The number as a whole one from 0, if it is that.
    let whole: UInt64?
    /// As it is written.
    let written: String

    init(_ value: JSONValue, base: UnsafeRawPointer) {
        offset = value.offset
        whole = value.uint
        var written = ""
        switch value.kind {
        case .null: content = .null
        case .bool: content = .bool(value.bool == true)
        case .number:
            written = String(decoding: value.rawBytes, as: UTF8.self)
            content = .number(written)
        case .string: content = .string(value.string ?? "")
        case .array: content = .array(value.elements.map { SourceValue($0, base: base) })
        case .object: content = .object(value.members.map { SourceMember($0, base: base) })
        }
        self.written = written.isEmpty ? String(decoding: value.rawBytes, as: UTF8.self) : written
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

    /// For people: a text without its quotes, all else as it is written.
    var shown: String { text ?? written }

    var text: String? { if case .string(let text) = content { text } else { nil } }
    var elements: [SourceValue]? { if case .array(let elements) = content { elements } else { nil } }
    var members: [SourceMember]? { if case .object(let members) = content { members } else { nil } }

    subscript(_ name: String) -> SourceValue? { members?.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }
}

/// A member of an object of a schema's document.
struct SourceMember: Sendable {
    let name: String
    /// The byte at which its name starts; where the name has escapes, its value.
    let nameOffset: Int
    let value: SourceValue

    init(_ member: JSONMember, base: UnsafeRawPointer) {
        name = member.keyString
        value = SourceValue(member.value, base: base)
        let distance = member.key.baseAddress.map { $0 - base } ?? -1
        nameOffset = (1...value.offset).contains(distance) ? distance - 1 : value.offset
    }
}

extension SourceValue {
    /// A null that stands nowhere.
    static let nothing = SourceValue()

    private init() {
        content = .null
        offset = 0
        whole = nil
        written = "null"
    }
}
