import Foundation
import JSON

/// What the tape says of a text: nil when it is JSON.
func verdict(_ bytes: [UInt8]) -> JSONError? {
    do {
        try JSONTape.reading(bytes) { _ in }
        return nil
    } catch {
        return error as? JSONError
    }
}

func verdict(_ text: String) -> JSONError? { verdict(Array(text.utf8)) }

/// What Foundation says of a text.
func foundationAccepts(_ bytes: [UInt8]) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
}

/// A value written anew from the tape: without white space, each string escaped as the writer does.
func rewritten(_ value: JSONValue) -> String {
    var writer = JSONWriter()
    write(value, to: &writer)
    return writer.text
}

private func write(_ value: JSONValue, to writer: inout JSONWriter) {
    switch value.kind {
    case .object:
        writer.beginObject()
        for member in value.members {
            writer.key(member.keyString)
            write(member.value, to: &writer)
        }
        writer.endObject()
    case .array:
        writer.beginArray()
        for element in value.elements { write(element, to: &writer) }
        writer.endArray()
    case .string: writer.string(bytes: value.stringBytes!)
    case .number: writer.raw(value)
    case .bool: writer.bool(value.bool!)
    case .null: writer.null()
    }
}

/// Small, quick and the same everywhere, so that a failure can be had again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
