internal import LifeEvents

/// Compares the schemas of one type: what its data may be, and what `x-livsbuss` says of it.
struct TypeComparison {
    private var schemas: SchemaComparison
    private var notes: [FoundChange] = []

    /// All that differs.
    var found: [FoundChange] { schemas.found + notes }

    init(_ old: LocatedSchema, _ new: LocatedSchema, in oldFiles: SchemaFiles, _ newFiles: SchemaFiles) {
        schemas = SchemaComparison(old: oldFiles, new: newFiles)
        schemas.compare(old, new, "")
        compareNotes(old.node, new.node)
        compareFields(old.node["properties"], new.node["properties"])
    }

    private mutating func tell(
        _ effect: ContractChange.Effect, _ node: SchemaNode, _ sentence: String, only: [Party]? = nil
    ) {
        notes.append(FoundChange(effect: effect, place: ContractPlace(node.place), sentence: sentence, only: only))
    }

    private mutating func compareNotes(_ old: SchemaNode, _ new: SchemaNode) {
        let (before, after) = (old["x-livsbuss"], new["x-livsbuss"])
        compareText("chain", before?["chain"], after?["chain"], .breaksBoth, new)
        let (subject, other) = (before?["about"]?["subject"], after?["about"]?["subject"])
        compareText("the subject", subject, other, .compatible, new)
        let (fields, others) = (Self.texts(before?["delimit"]), Self.texts(after?["delimit"]))
        if fields != others {
            tell(
                .breaksReaders, after?["delimit"] ?? new,
                "whom it concerns is read from \(Self.list(others)), and was from \(Self.list(fields))")
        }
        compareReaders(before?["readers"], after?["readers"], new)
        if before?["protected"]?.string == nil, let mark = after?["protected"] {
            tell(.breaksReaders, mark, "it is withheld where a person has a protected identity")
        }
        if old["deprecated"]?.bool != true, let mark = new["deprecated"], mark.bool == true {
            tell(.compatible, mark, "it is deprecated")
        }
    }

    private mutating func compareText(
        _ what: String, _ before: SchemaNode?, _ after: SchemaNode?, _ effect: ContractChange.Effect,
        _ root: SchemaNode
    ) {
        guard before?.string != after?.string else { return }
        tell(
            effect, after ?? root,
            "\(what) is '\(after?.string ?? "")', and was '\(before?.string ?? "")'")
    }

    /// No list lets all read whom the manifest lets.
    private mutating func compareReaders(_ before: SchemaNode?, _ after: SchemaNode?, _ root: SchemaNode) {
        let (old, new) = (before.map { Self.readers($0) }, after.map { Self.readers($0) })
        guard let new, let after else {
            if let old { tell(.compatible, root, "all who may read the topic read it, and were \(Self.names(old))") }
            return
        }
        guard let old else {
            return tell(
                .breaksReaders, after, "of those who may read the topic only \(Self.names(new)) read it now")
        }
        for reader in old {
            let only = Self.party(reader.name).map { [$0] }
            guard let other = new.first(where: { $0.name == reader.name }) else {
                tell(.breaksReaders, after, "\(reader.name) no longer reads it", only: only)
                continue
            }
            compare(reader, other, only: only)
        }
        for reader in new where !old.contains(where: { $0.name == reader.name }) {
            tell(.compatible, reader.node, "\(reader.name) reads it too")
        }
    }

    /// Which events a reader is offered, and which groups of fields it gets; without groups it gets all.
    private mutating func compare(_ old: Reader, _ new: Reader, only: [Party]?) {
        let (offer, newOffer) = (old.node["offer"]?.string, new.node["offer"]?.string)
        if offer != newOffer {
            tell(
                newOffer == "all" ? .compatible : .breaksReaders, new.node,
                "\(new.name) is offered other events: '\(newOffer ?? "its own")', and was '\(offer ?? "its own")'",
                only: only)
        }
        let (selected, newSelected) = (Self.selection(old.node), Self.selection(new.node))
        if selected != newSelected {
            let isWider = newSelected.isEmpty
            tell(
                isWider ? .compatible : .breaksReaders, new.node["where"] ?? new.node,
                "\(new.name) is offered \(isWider ? "all events" : "those where \(newSelected)"), and was "
                    + (selected.isEmpty ? "all events" : "those where \(selected)"), only: only)
        }
        let (consent, newConsent) = (Self.consent(old.node), Self.consent(new.node))
        if consent != newConsent {
            tell(
                newConsent.isEmpty ? .compatible : .breaksReaders, new.node["consent"] ?? new.node,
                newConsent.isEmpty
                    ? "\(new.name) is told without a consent"
                    : "\(new.name) is told only with a consent to \(newConsent)"
                        + (consent.isEmpty ? "" : ", and was with one to \(consent)"), only: only)
        }
        let (groups, newGroups) = (old.node["groups"], new.node["groups"])
        guard let newGroups else { return }
        let gone = groups.map { Self.texts($0).filter { !Self.texts(newGroups).contains($0) } }
        if gone?.isEmpty == true { return }
        tell(
            .breaksReaders, newGroups,
            gone.map { "\(new.name) no longer gets the groups \(Self.list($0))" }
                ?? "\(new.name) gets only the groups \(Self.list(Self.texts(newGroups)))", only: only)
    }

    /// `service is preschool or school`
    private static func selection(_ node: SchemaNode) -> String {
        (node["where"]?.members ?? []).map { "\($0.key) is \(texts($0.value).joined(separator: " or "))" }
            .joined(separator: " and ")
    }

    /// `careFee where status is answered`
    private static func consent(_ node: SchemaNode) -> String {
        guard let clause = node["consent"] else { return "" }
        let scope = clause["scope"] ?? clause
        let scopes = scope.string.map { [$0] } ?? texts(scope)
        let words = selection(clause)
        return scopes.joined(separator: " or ") + (words.isEmpty ? "" : " where \(words)")
    }

    /// A reader of a list, which is a text or an object that says more.
    struct Reader {
        let name: String
        let node: SchemaNode
    }

    static func readers(_ list: SchemaNode) -> [Reader] {
        (list.elements ?? []).compactMap { node in
            (node.string ?? node["reader"]?.string).map { Reader(name: $0, node: node) }
        }
    }

    private static func names(_ readers: [Reader]) -> String { list(readers.map(\.name)) }

    private static func party(_ text: String) -> Party? {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let owner = Owner(text: parts[0]), let branch = Branch(text: parts[1]) else {
            return nil
        }
        return Party(owner, branch)
    }

    private static func texts(_ node: SchemaNode?) -> [String] { (node?.elements ?? []).compactMap(\.string) }

    private static func list(_ texts: [String]) -> String { texts.isEmpty ? "nothing" : texts.joined(separator: ", ") }

    // MARK: - Fields

    private mutating func compareFields(_ old: SchemaNode?, _ new: SchemaNode?) {
        for member in old?.members ?? [] {
            guard let other = new?[member.key] else { continue }
            let (before, after) = (member.value["x-livsbuss"], other["x-livsbuss"])
            let place = after ?? other
            let (group, newGroup) = (before?["group"]?.string, after?["group"]?.string)
            if group != newGroup {
                tell(
                    .breaksReaders, after?["group"] ?? place,
                    "the field '\(member.key)' is of the group '\(newGroup ?? "")', and was of '\(group ?? "")': who has "
                        + "a right to the old one only loses it")
            }
            let (was, now) = (before?["protected"]?.bool == true, after?["protected"]?.bool == true)
            if was != now {
                tell(
                    now ? .breaksReaders : .compatible, after?["protected"] ?? place,
                    now
                        ? "the field '\(member.key)' is protected now: it lacks where a person has a protected identity"
                        : "the field '\(member.key)' is protected no more")
            }
        }
    }
}
