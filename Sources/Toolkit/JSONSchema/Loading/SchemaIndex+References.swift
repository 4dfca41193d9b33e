internal import Terminal

/// Where references lead.
extension SchemaIndex {
    /// The schema that a reference names, or why there is none.
    func target(_ reference: String, from base: String) -> Result<UInt32, ReferenceFailure> {
        let (uri, fragment) = URIReference.resolve(reference, from: base)
        guard let resource = resources[ExactText(uri)] else {
            let names = resources.keys.map(\.text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            let meant = SpellingGuess.nearest(to: uri, among: names)
            return .failure(ReferenceFailure("no schema of the catalogue is called \(uri)", meant))
        }
        guard fragment.isEmpty || fragment.unicodeScalars.first == "/" else {
            return anchored(fragment, in: resource, called: uri)
        }
        let steps = JSONPointer.steps(fragment)
        guard let value = Self.value(steps[...], in: resource.value) else {
            let meant = Self.respelt(steps, in: resource.value)
            return .failure(ReferenceFailure("\(uri) has nothing at #\(fragment)", meant))
        }
        guard let number = numbers[Place(document: resource.document, offset: value.offset)] else {
            return .failure(ReferenceFailure("#\(fragment) of \(uri) is no place of a schema", nil))
        }
        return .success(number)
    }

    /// A file may be called by its own name or by its `$id`; its anchors are kept under the latter.
    private func anchored(
        _ anchor: String, in resource: (document: Int, value: SourceValue), called uri: String
    ) -> Result<UInt32, ReferenceFailure> {
        let root = numbers[Place(document: resource.document, offset: resource.value.offset)]
        let known = root.flatMap { anchors[ExactText(schemas[Int($0)].base)] } ?? []
        if let place = known.first(where: { $0.name.utf8.elementsEqual(anchor.utf8) })?.place,
            let number = numbers[place]
        {
            return .success(number)
        }
        let meant = SpellingGuess.nearest(to: anchor, among: known.map(\.name))
        return .failure(ReferenceFailure("\(uri) has no anchor \(anchor)", meant))
    }

    private static func value(_ steps: ArraySlice<String>, in root: SourceValue) -> SourceValue? {
        var value = root
        for step in steps {
            guard let inner = inner(step, of: value) else { return nil }
            value = inner
        }
        return value
    }

    private static func inner(_ step: String, of value: SourceValue) -> SourceValue? {
        guard let elements = value.elements else { return value[step] }
        guard let position = Int(step), elements.indices.contains(position) else { return nil }
        return elements[position]
    }

    /// The pointer that was meant where one step is misspelt.
    private static func respelt(_ steps: [String], in root: SourceValue) -> String? {
        var value = root
        for (index, step) in steps.enumerated() {
            if let inner = inner(step, of: value) {
                value = inner
                continue
            }
            guard let members = value.members,
                let name = SpellingGuess.nearest(to: step, among: members.map(\.name)), let inner = value[name],
                Self.value(steps[(index + 1)...], in: inner) != nil
            else { return nil }
            var meant = steps
            meant[index] = name
            return "#" + meant.map { "/" + JSONPointer.escaped($0) }.joined()
        }
        return nil
    }
}

/// Why a reference leads nowhere.
struct ReferenceFailure: Error {
    let message: String

    init(_ message: String, _ meant: String?) {
        self.message = message + (meant.map { "; did you mean \($0)?" } ?? "")
    }
}
