extension JSONWriter {
    /// Writes a value of a `Codable` type.
    ///
    /// Members come in the order in which the type encodes them, for most types that of their properties; properties
    /// that are nil are left out. Dictionaries and sets, whose order Swift changes from run to run, are sorted by the
    /// bytes of their members, so the text depends on the value alone; only a type that passes its own encoder on to
    /// a set (`try set.encode(to: encoder)` instead of a container's `encode`) escapes that.
    /// A type that writes by hand goes on with a container only as long as it has not gone back to the one outside.
    /// - Throws: `JSONEncodingError`; an error of another kind that the type itself throws, unchanged. The text is then
    ///   as it was before.
    public mutating func encode<T: Encodable>(_ value: T) throws {
        let mark = bytes.count
        let before = (position: position, depth: depth)
        let state = EncodingState(isPretty: isPretty, dictionaryKeys: DictionaryKeys.type)
        swap(&state.writer, &self)
        do {
            defer { swap(&state.writer, &self) }
            try state.root(value)
        } catch {
            bytes.removeLast(bytes.count - mark)
            (position, depth) = before
            if let error = error as? EncodingError { throw JSONEncodingError(error) }
            throw error
        }
    }

    /// A value of a `Codable` type as JSON text.
    /// - Throws: as `encode`.
    public static func string(encoding value: some Encodable, pretty: Bool = false) throws -> String {
        var writer = JSONWriter(pretty: pretty)
        try writer.encode(value)
        return writer.text
    }
}

extension JSONEncodingError {
    /// The same for an error that an encoded type threw itself.
    fileprivate init(_ error: EncodingError) {
        switch error {
        case .invalidValue(_, let context):
            self.init(
                path: JSONPath.text(context.codingPath.map { JSONPath.Step($0) }), reason: context.debugDescription)
        @unknown default:
            self.init(path: "", reason: "\(error)")
        }
    }
}
