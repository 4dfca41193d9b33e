/// Where references have led that stand again and again: most of a catalogue's lead to a few definitions of one document,
/// from each document by another way.
struct KnownTargets {
    /// The document that ``ways`` start from.
    private var base = ExactText("")
    /// What the paths of references mean in it.
    private var ways: [ExactText: String] = [:]
    /// The schemas found, by their document's URI and what stands behind it.
    private var numbers: [ExactText: UInt32] = [:]

    /// The schema that a reference names, or why there is none.
    mutating func target(
        _ reference: String, from base: String, in index: SchemaIndex
    ) -> Result<UInt32, ReferenceFailure> {
        if self.base != ExactText(base) {
            self.base = ExactText(base)
            ways = [:]
        }
        let mark = reference.utf8.firstIndex(of: UInt8(ascii: "#")) ?? reference.endIndex
        let path = ExactText(String(reference[..<mark]))
        let uri = ways[path] ?? URIReference.resolve(path.text, from: base).uri
        ways[path] = uri
        let name = ExactText(uri + reference[mark...])
        if let number = numbers[name] { return .success(number) }
        let target = index.target(reference, from: base)
        if case .success(let number) = target { numbers[name] = number }
        return target
    }
}
