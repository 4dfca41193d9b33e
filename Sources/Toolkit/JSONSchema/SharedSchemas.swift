/// The documents that others refer to, read once: each of the others is then compiled by itself when it is asked for,
/// with what it reaches of them and nothing else.
///
/// For a catalogue of which a program uses little. Who wants to know all that is wrong with a catalogue makes a
/// ``SchemaLibrary`` of all its documents.
package struct SharedSchemas: Sendable {
    private let index: SchemaIndex
    private let formats: [SchemaFormat]

    /// Reads documents; what is wrong with them is told with each that is compiled upon them.
    package init(_ documents: [SchemaDocument], formats: [SchemaFormat]) {
        index = SchemaIndex(documents)
        self.formats = formats
    }

    /// Compiles a document and what it reaches of the shared ones.
    /// - Throws: `SchemaErrors` with all that is wrong with it and with the shared ones.
    package func library(with document: SchemaDocument) throws(SchemaErrors) -> SchemaLibrary {
        var whole = index
        let first = whole.schemas.count
        whole.add(document)
        return try SchemaLibrary(whole, from: first..<whole.schemas.count, formats: formats)
    }

    /// Compiles the schema that a URI names, and what it reaches; nil if there is none.
    /// - Throws: `SchemaErrors` with all that is wrong with the documents.
    package func schema(_ uri: String) throws(SchemaErrors) -> CompiledSchema? {
        guard case .success(let number) = index.target(uri, from: "") else { return nil }
        let range = Int(number)..<index.schemas[Int(number)].end
        return try SchemaLibrary(index, from: range, formats: formats)[uri]
    }
}
