internal import LifeEvents
internal import YAML

/// Turns one `agency.yaml` into a declaration, or into all that is wrong with it.
struct AgencyReader {
    /// The name of the file in an owner's folder.
    static let fileName = "agency.yaml"

    private(set) var findings = Findings()
    private let document: YAMLDocument
    private let owner: Owner

    init(_ document: YAMLDocument, owner: Owner) {
        self.document = document
        self.owner = owner
    }

    /// Nil exactly when there are findings.
    mutating func read() -> AgencyReading? {
        let root = findings.fields(
            of: document.root, "the agency", required: ["owner", "titles", "kind"],
            optional: ["digits", "numbering", "sector", "branches", "pages", "tiles"])
        expectOwner(root["owner"])
        let titles = findings.titles(root["titles"], "titles")
        let kind = findings.choice(root["kind"], "kind", as: AgencyFile.Kind.self)
        let digits = findings.number(root["digits"], "digits", in: 1...4)
        let numbering = readNumbering(root["numbering"], digits)
        let sector = root["sector"].flatMap { findings.choice($0, "sector", as: AgencyFile.Sector.self) }
        let branches = findings.list(root["branches"], "branches").compactMap { readBranch($0) }
        findings.refuseRepeats(branches.map { ($0.declaration.branch.name, $0.node) }, "the branch")
        let pages = findings.list(root["pages"], "pages").compactMap { readPage($0) }
        findings.refuseRepeats(pages.map { ($0.declaration.name, $0.node) }, "the page")
        if let node = root["pages"], let kind, kind != .people {
            findings.add(node, "pages belong to the owner of kind 'people', not to one of kind '\(kind.rawValue)'")
        }
        let tiles = findings.list(root["tiles"], "tiles").compactMap { readTile($0) }
        guard findings.isEmpty, let titles, let kind else { return nil }
        let file = AgencyFile(
            owner: owner, titles: titles, kind: kind, digits: digits ?? 0, numbering: numbering, sector: sector,
            branches: branches.map(\.declaration),
            pages: pages.map(\.declaration), tiles: tiles.map(\.declaration), file: document.file)
        return AgencyReading(file: file, tiles: tiles)
    }

    private mutating func expectOwner(_ node: YAMLNode?) {
        guard let node, let text = findings.text(node, "owner"), text != owner.description else { return }
        findings.add(node, "owner must be '\(owner)' as the folder is, not '\(text)'")
    }

    private mutating func readNumbering(_ node: YAMLNode?, _ digits: Int?) -> AgencyFile.Numbering? {
        guard let node, let numbering = findings.choice(node, "numbering", as: AgencyFile.Numbering.self) else {
            return nil
        }
        let wanted = numbering == .municipality ? 4 : 2
        if digits != wanted {
            findings.add(node, "a \(numbering.rawValue)'s code has \(wanted) digits: write digits: \(wanted)")
        }
        return numbering
    }

    private mutating func readBranch(_ node: YAMLNode) -> (declaration: BranchDeclaration, node: YAMLNode)? {
        let fields = findings.fields(of: node, "a branch", required: ["name", "titles"])
        let name = findings.noun(fields["name"], "the name of a branch")
        let titles = findings.titles(fields["titles"], "titles")
        guard let name, let titles, let branch = Branch(text: name) else { return nil }
        return (BranchDeclaration(branch: branch, titles: titles), node)
    }

    private mutating func readPage(_ node: YAMLNode) -> (declaration: PageDeclaration, node: YAMLNode)? {
        let fields = findings.fields(of: node, "a page", required: ["name", "titles"])
        let name = findings.noun(fields["name"], "the name of a page")
        let titles = findings.titles(fields["titles"], "titles")
        guard let name, let titles else { return nil }
        return (PageDeclaration(name: name, titles: titles), node)
    }

    private mutating func readTile(_ node: YAMLNode) -> AgencyReading.Tile? {
        let fields = findings.fields(
            of: node, "a tile", required: ["name", "titles", "page", "order", "seenBy"], optional: ["setBy"])
        let name = findings.noun(fields["name"], "the name of a tile")
        let titles = findings.titles(fields["titles"], "titles")
        let page = findings.noun(fields["page"], "page")
        let order = findings.number(fields["order"], "order", in: 1...999)
        let seenBy = findings.choice(fields["seenBy"], "seenBy", as: TileDeclaration.Viewer.self)
        let setBy = readSetters(fields["setBy"])
        guard let name, let titles, let page, let order, let seenBy,
            let nameNode = fields["name"], let pageNode = fields["page"], let orderNode = fields["order"]
        else { return nil }
        return AgencyReading.Tile(
            declaration: TileDeclaration(
                name: name, titles: titles, page: page, order: order, seenBy: seenBy,
                setBy: setBy.isEmpty ? [owner] : setBy.map(\.owner)),
            name: nameNode, page: pageNode, order: orderNode, setBy: setBy)
    }

    /// The owners that a tile names; the one that declares it must be among them.
    private mutating func readSetters(_ node: YAMLNode?) -> [AgencyReading.Setter] {
        guard let node else { return [] }
        var setters: [AgencyReading.Setter] = []
        for item in findings.list(node, "setBy") {
            guard let text = findings.text(item, "an owner in setBy") else { continue }
            guard let setter = Owner(text: text) else {
                findings.add(item, "'\(text)' is no owner; use 3 to 20 letters a to z")
                continue
            }
            setters.append(AgencyReading.Setter(owner: setter, node: item))
        }
        findings.refuseRepeats(setters.map { ($0.owner.description, $0.node) }, "the owner")
        if !setters.isEmpty, !setters.contains(where: { $0.owner == owner }) {
            findings.add(node, "setBy must name '\(owner)' too: a tile is declared by one of those who set it")
        }
        return setters
    }
}

/// A file that is sound by itself, with the places that matter beside other files.
struct AgencyReading {
    struct Setter {
        let owner: Owner
        let node: YAMLNode
    }

    struct Tile {
        let declaration: TileDeclaration
        let name: YAMLNode
        let page: YAMLNode
        let order: YAMLNode
        let setBy: [Setter]
    }

    let file: AgencyFile
    let tiles: [Tile]
}
