package import JSON

/// A schema's document, read once for all who look at it: its values, and where they stand.
package struct ParsedSchema: Sendable {
    /// As it is written.
    package let bytes: [UInt8]
    /// Its value, or why it is not JSON.
    package let root: Result<SourceValue, JSONError>
    private let places: SourcePlaces

    /// Reads a document.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        places = SourcePlaces(bytes)
        root = bytes.withUnsafeBytes { buffer in
            var tape = JSONTape()
            do throws(JSONError) {
                try tape.parse(buffer)
                return .success(SourceValue(tape.root))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Line and column of a byte, from 1; columns count Unicode scalars. Behind the end stands the end.
    package func place(_ offset: Int) -> (line: Int, column: Int) { places.place(offset) }

    /// A value of the document as it is written.
    package func text(of value: SourceValue) -> String {
        String(decoding: bytes[value.offset..<min(value.offset + value.length, bytes.count)], as: UTF8.self)
    }
}
