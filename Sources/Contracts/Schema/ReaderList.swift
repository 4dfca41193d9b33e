internal import LifeEvents

/// Reads `x-livsbuss.readers`: texts such as `kommun/forskola`, or objects that say more of a reader.
enum ReaderList {
    static func read(_ node: SchemaNode, _ fields: [Field], _ findings: inout SchemaFindings) -> [TypeSchema.Reader] {
        guard let elements = node.elements else {
            findings.add(node.place, "readers must be a list")
            return []
        }
        var readers: [TypeSchema.Reader] = []
        for element in elements {
            guard let reader = read(reader: element, fields, &findings) else { continue }
            if readers.contains(where: { $0.party == reader.party }) {
                findings.add(element.place, "\(reader.party) is among the readers already")
            }
            readers.append(reader)
        }
        return readers
    }

    private static func read(
        reader node: SchemaNode, _ fields: [Field], _ findings: inout SchemaFindings
    ) -> TypeSchema.Reader? {
        guard node.members != nil else {
            return party(node, &findings).map { TypeSchema.Reader(party: $0) }
        }
        let values = findings.members(
            of: node, "a reader", required: ["reader"], optional: ["consent", "groups", "offer", "where"])
        var offer: TypeSchema.Reader.Offer?
        if let choice = values["offer"], let text = findings.text(choice, "offer") {
            offer = TypeSchema.Reader.Offer(rawValue: text)
            if offer == nil {
                let known = TypeSchema.Reader.Offer.allCases.map(\.rawValue).joined(separator: ", ")
                findings.add(choice.place, "there is no offer '\(text)'; there are \(known)")
            }
        }
        let groups = findings.texts(values["groups"], "groups")?.compactMap { group -> String? in
            if fields.contains(where: { $0.group == group.text }) { return group.text }
            findings.add(group.place, "no field of the type is in the group '\(group.text)'")
            return nil
        }
        guard let named = values["reader"], let party = party(named, &findings) else { return nil }
        let consent = values["consent"].flatMap { self.consent($0, fields, &findings) }
        if consent != nil, let offer, offer != .concerned {
            findings.add(node.place, "a reader with a consent is told what concerns it, and not '\(offer.rawValue)'")
        }
        return TypeSchema.Reader(
            party: party, offer: consent == nil ? offer : .concerned, groups: groups,
            selection: selection(values["where"], fields, &findings), consent: consent)
    }

    /// Reads `consent`: a scope, or an object with `scope`, one or several, `mutual` and `where`.
    private static func consent(
        _ node: SchemaNode, _ fields: [Field], _ findings: inout SchemaFindings
    ) -> ConsentClause? {
        guard node.members != nil else {
            return findings.text(node, "consent").map { ConsentClause(scopes: [$0]) }
        }
        let values = findings.members(of: node, "a consent", required: ["scope"], optional: ["mutual", "where"])
        guard let scope = values["scope"] else { return nil }
        let scopes =
            scope.elements == nil
            ? findings.text(scope, "scope").map { [$0] } ?? [] : findings.texts(scope, "scope")?.map(\.text) ?? []
        if scope.elements?.isEmpty == true { findings.add(scope.place, "a consent has a scope") }
        if let mutual = values["mutual"], mutual.bool != true {
            findings.add(mutual.place, "mutual is true, or left out")
        }
        return ConsentClause(
            scopes: scopes, isMutual: values["mutual"] != nil, selection: selection(values["where"], fields, &findings))
    }

    /// Reads `where`: for each field named the values that an event may have in it.
    private static func selection(
        _ node: SchemaNode?, _ fields: [Field], _ findings: inout SchemaFindings
    ) -> [FieldSelection] {
        guard let node else { return [] }
        guard let members = node.members, !members.isEmpty else {
            findings.add(node.place, "where must name fields with the values that are offered")
            return []
        }
        return members.compactMap { member in
            guard let field = fields.first(where: { $0.name == member.key }), field.isRequired else {
                findings.add(member.value.place, "where: '\(member.key)' is no required field of the type")
                return nil
            }
            guard let values = findings.texts(member.value, "the values of '\(member.key)'"), !values.isEmpty else {
                return nil
            }
            return FieldSelection(field: member.key, values: values.map(\.text))
        }
    }

    private static func party(_ node: SchemaNode, _ findings: inout SchemaFindings) -> Party? {
        guard let text = findings.text(node, "a reader") else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, let owner = Owner(text: parts[0]), let branch = Branch(text: parts[1]) {
            return Party(owner, branch)
        }
        findings.add(node.place, "'\(text)' is no reader: write team/application, as kommun/forskola")
        return nil
    }
}
