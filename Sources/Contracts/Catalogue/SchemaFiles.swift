internal import LifeEvents

/// The schema files of a folder of contracts as they stand, with their places.
struct SchemaFiles {
    /// What types share; nil where the folder has no such file.
    let shared: SchemaNode?
    /// The types by name.
    let types: [(type: EventType, root: SchemaNode)]

    /// The files that a catalogue found.
    /// - Throws: every file that cannot be read or is not JSON.
    init(_ catalogue: Catalogue) throws(ContractError) {
        var problems: [ContractProblem] = []
        shared = catalogue.sources?.shared.flatMap { catalogue.sources?.root($0, &problems) }
        types = (catalogue.sources?.types ?? []).sorted { $0.type < $1.type }.compactMap { file in
            catalogue.sources?.root(file.path, &problems).map { (file.type, $0) }
        }
        guard problems.isEmpty else { throw ContractError(problems: problems) }
    }

    /// The root of a type's schema; nil if it has none.
    func root(of type: EventType) -> SchemaNode? { types.first { $0.type == type }?.root }
}

/// Where a reference within a folder of contracts leads.
struct SchemaReference: Hashable {
    /// The file: ``shared``, or a type's name.
    let file: String
    /// The JSON Pointer in it, as `/$defs/day`; empty for the whole.
    let pointer: String

    /// The name of the file with what types share.
    static let shared = "types"

    /// A reference as a schema has it.
    /// - Parameters:
    ///   - text: a relative path and a pointer, either of which may lack.
    ///   - file: the file that it stands in.
    init?(_ text: String, in file: String) {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        pointer = parts.count > 1 ? String(parts[1]) : ""
        guard let path = parts.first, !path.isEmpty else {
            self.file = file
            return
        }
        let suffix = SchemaCatalogue.suffix
        guard path.hasSuffix(suffix) else { return nil }
        var steps = path.dropLast(suffix.count).split(separator: "/", omittingEmptySubsequences: false)
        let isShared = file == Self.shared
        // Shared types lie beside the owners' folders, types in them.
        if !isShared, steps.first == ".." {
            steps.removeFirst()
        } else if !isShared {
            steps.insert(file.prefix { $0 != "." }, at: 0)
        }
        switch steps.count {
        case 1 where steps[0] == Self.shared: self.file = Self.shared
        case 2: self.file = "\(steps[0]).\(steps[1])"
        default: return nil
        }
    }
}

extension SchemaNode {
    /// The value that a JSON Pointer leads to; nil if there is none.
    subscript(pointer pointer: String) -> SchemaNode? {
        var node = self
        for step in pointer.split(separator: "/") {
            let name = String(step).replacing("~1", with: "/").replacing("~0", with: "~")
            if let next = node[name] {
                node = next
            } else if let elements = node.elements, let index = Int(name), elements.indices.contains(index) {
                node = elements[index]
            } else {
                return nil
            }
        }
        return node
    }
}
