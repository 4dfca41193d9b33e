/// Compares what two schemas allow, keyword by keyword.
///
/// A schema that allows less refuses what was said before, which breaks who says it. One that allows more lets through
/// what was never heard before, which breaks who hears it; only a new optional field does not, since who hears passes
/// over what it does not know.
struct SchemaComparison {
    private(set) var found: [FoundChange] = []
    let old: SchemaFiles
    let new: SchemaFiles
    /// The pairs of schemas that are being compared, for those that hold themselves.
    private var open: [(old: SchemaPlace, new: SchemaPlace)] = []

    init(old: SchemaFiles, new: SchemaFiles) {
        self.old = old
        self.new = new
    }

    /// Compares two schemas; nil is one that allows everything.
    /// - Parameter path: the field that they are of, `payees.person`; empty for the data as a whole.
    mutating func compare(_ oldSchema: LocatedSchema?, _ newSchema: LocatedSchema?, _ path: String) {
        guard let place = newSchema?.node.place ?? oldSchema?.node.place else { return }
        if let one = oldSchema?.node.place, let other = newSchema?.node.place {
            guard !open.contains(where: { $0.old == one && $0.new == other }) else { return }
            open.append((one, other))
        }
        defer { if oldSchema != nil, newSchema != nil { open.removeLast() } }
        let wasNothing = oldSchema?.node.bool == false
        let isNothing = newSchema?.node.bool == false
        guard !wasNothing, !isNothing else {
            if wasNothing != isNothing {
                tell(
                    isNothing ? .breaksWriters : .breaksReaders, place,
                    "\(Self.name(path)) \(isNothing ? "may no longer be there" : "may be there now")")
            }
            return
        }
        let step = SchemaStep(
            old: old.keywords(of: oldSchema), new: new.keywords(of: newSchema), path: path, place: place)
        compareTypes(step)
        compareValues(step)
        compareBounds(step)
        compareForms(step)
        compareObjects(step)
        compareLists(step)
        compareCombinations(step)
    }

    mutating func tell(_ effect: ContractChange.Effect, _ place: SchemaPlace, _ sentence: String) {
        found.append(FoundChange(effect: effect, place: ContractPlace(place), sentence: sentence))
    }

    /// `the field 'payees.person'`, or `the data`.
    static func name(_ path: String) -> String { path.isEmpty ? "the data" : "the field '\(path)'" }

    static func path(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}

/// Two schemas of one field while they are compared.
struct SchemaStep {
    let old: [String: LocatedSchema]
    let new: [String: LocatedSchema]
    let path: String
    /// Where the new schema stands; the old one's place where there is no new one.
    let place: SchemaPlace

    var name: String { SchemaComparison.name(path) }

    /// Where a keyword stands: the new one, or the old one's place for one that is gone.
    func place(of keyword: String) -> SchemaPlace { new[keyword]?.node.place ?? old[keyword]?.node.place ?? place }
}
