internal import JSON

/// Reads the values of generated enums from the text of a message, without making a `String`.
enum ValueText {
    @inline(__always)
    static func equal(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        guard bytes.count == text.utf8CodeUnitCount else { return false }
        return bytes.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// The error for a text that is none of an enum's.
    static func unknown<Value: RawRepresentable<String> & CaseIterable>(
        _ source: JSONSource, _ type: Value.Type
    ) -> JSONDecodingError {
        let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return source.invalid("this is not a valid \(type); it is one of \(known)")
    }
}
