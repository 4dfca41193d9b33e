import Contracts
import JSON
import LifeEvents

/// A kind of fault that a value can have by its schema.
enum SampleFault: String, CaseIterable, Comparable, Sendable {
    case wrongType, missingRequired, unknownValue, unknownField, outOfBounds, wrongFormat

    static func < (left: SampleFault, right: SampleFault) -> Bool { left.rawValue < right.rawValue }
}

/// One change to the bytes of a valid sample that leaves exactly one thing wrong, however deep it lies.
struct SampleEdit {
    let fault: SampleFault
    /// Where the validator must find it, as a JSON Pointer.
    let path: String
    /// The bytes that are replaced.
    let range: Range<Int>
    let text: String

    func applied(to bytes: [UInt8]) -> [UInt8] {
        var changed = bytes
        changed.replaceSubrange(range, with: Array(text.utf8))
        return changed
    }
}

/// Every way in which a sample can get one fault.
struct SampleFaults {
    private let catalogue: SchemaCatalogue
    private var edits: [SampleEdit] = []

    /// The edits of a sample that was made from these fields.
    static func of(_ bytes: [UInt8], _ fields: [Field], _ catalogue: SchemaCatalogue) throws -> [SampleEdit] {
        var faults = SampleFaults(catalogue: catalogue)
        try JSONTape.reading(bytes) { root in
            for other in ["null", "[]", "7", "\"a\""] { faults.add(.wrongType, "", root, other) }
            faults.object(root, fields, "")
        }
        return faults.edits
    }

    private init(catalogue: SchemaCatalogue) { self.catalogue = catalogue }

    private mutating func add(_ fault: SampleFault, _ path: String, _ value: JSONValue, _ text: String) {
        let range = value.offset..<(value.offset + value.rawBytes.count)
        edits.append(SampleEdit(fault: fault, path: path, range: range, text: text))
    }

    private mutating func object(_ value: JSONValue, _ fields: [Field], _ path: String) {
        let members = value.members.map { (key: $0.keyString, value: $0.value) }
        let texts = members.map { "\"\($0.key)\":\(String(decoding: $0.value.rawBytes, as: UTF8.self))" }
        func written(_ texts: [String]) -> String { "{\(texts.joined(separator: ","))}" }
        for key in ["unheardOf", "From", ""] {
            add(.unknownField, "\(path)/\(key)", value, written(texts + ["\"\(key)\":\"a\""]))
        }
        for field in fields {
            guard let place = members.firstIndex(where: { $0.key == field.name }) else { continue }
            if field.isRequired {
                var lacking = texts
                lacking.remove(at: place)
                add(.missingRequired, path, value, written(lacking))
            }
            faults(members[place].value, field.type, "\(path)/\(field.name)")
        }
    }

    private mutating func faults(_ value: JSONValue, _ type: FieldType, _ path: String) {
        for other in Self.others(than: type, catalogue) { add(.wrongType, path, value, other) }
        switch type {
        case .string(let bounds): texts(value, bounds.minimum ?? 0, bounds.maximum, path)
        case .integer(let bounds):
            if let least = bounds.minimum { add(.outOfBounds, path, value, "\(least - 1)") }
            if let most = bounds.maximum { add(.outOfBounds, path, value, "\(most + 1)") }
        case .number, .boolean: break
        case .formatted(.subject): texts(value, 1, 200, path)
        case .formatted(let format):
            for text in Self.wrong(format, value.string ?? "") { add(.wrongFormat, path, value, "\"\(text)\"") }
        case .array(let element):
            for (index, each) in value.elements.enumerated() { faults(each, element, "\(path)/\(index)") }
        case .defined(let name):
            switch catalogue.definition(named: name)?.content {
            case .values(let values):
                let known = values.map(\.text)
                for text in ["", known[0] + "x", known[0].uppercased() + "1", "unheardOf"] where !known.contains(text) {
                    add(.unknownValue, path, value, "\"\(text)\"")
                }
            case .object(let fields): object(value, fields, path)
            case nil: break
            }
        }
    }

    private mutating func texts(_ value: JSONValue, _ least: Int, _ most: Int?, _ path: String) {
        if least > 0 {
            add(.outOfBounds, path, value, "\"\(String(repeating: "å", count: least - 1))\"")
        }
        if let most {
            add(.outOfBounds, path, value, "\"\(String(repeating: "å", count: most + 1))\"")
        }
    }

    /// Values of every other JSON type.
    private static func others(than type: FieldType, _ catalogue: SchemaCatalogue) -> [String] {
        let (string, whole, fraction, truth, list, object) = ("\"a\"", "7", "7.5", "true", "[]", "{}")
        let others =
            switch type {
            case .string, .formatted: [whole, fraction, truth, list, object]
            case .integer: [string, fraction, truth, list, object]
            case .number: [string, truth, list, object]
            case .boolean: [string, whole, fraction, list, object]
            case .array: [string, whole, fraction, truth, object]
            case .defined(let name):
                switch catalogue.definition(named: name)?.content {
                case .object: [string, whole, fraction, truth, list]
                case .values, nil: [whole, fraction, truth, list, object]
                }
            }
        return others + ["null"]
    }

    /// Texts that come near to a form and do not have it.
    private static func wrong(_ format: TextFormat, _ text: String) -> [String] {
        switch format {
        case .date: ["2026-02-30", "2026-13-01", "26-01-01", "2026-1-1", text + " ", "", text.dropLast() + "x"]
        case .month: ["2026-13", "2026-00", "2026", text + "-01", "", text.dropLast() + "x"]
        case .dateTime:
            [
                "2026-02-30T07:00:00.000Z", "2026-03-02T25:00:00.000Z", "2026-03-02", text.dropLast() + "", "",
            ]
        case .municipality: ["178", "17800", "178a", "-178", "", text + " "]
        case .agency: ["Kommun-1780", "kommun-", "kommun-178", "skatteverket-1", "a", "", text + " "]
        case .tile: ["Child-benefit", "child_benefit", "child benefit", "7", "", text + " "]
        case .clock: ["24:00", "12:60", "7:00", "1200", "12:00:00", "12.00", "", text + " "]
        case .halfYear: ["2026H3", "2026H0", "2026h1", "26H1", "2026-1", "", text + " "]
        case .ageRange: ["7", "7-", "-12", "7-123", "7–12", "a-b", "", text + " "]
        case .subject: []
        }
    }
}
