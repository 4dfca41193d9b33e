public import LifeEvents

/// What an owner's `agency.yaml` says: its titles, the numbers of its agencies, its branches, the tiles it declares.
public struct AgencyFile: Hashable, Sendable {
    /// What kind of body an owner is.
    public enum Kind: String, CaseIterable, Sendable {
        /// A public agency (*myndighet*), or all agencies of a kind.
        case agency
        /// People, who file and see tiles.
        case people
        /// The bus itself.
        case bus
    }

    /// What the numbers of an owner's agencies stand for.
    public enum Numbering: String, CaseIterable, Sendable {
        /// A municipality's code (*kommunkod*), four digits.
        case municipality
        /// A county's code (*länskod*), the first two digits of a municipality's.
        case county
    }

    /// Which part of society an owner belongs to, in the order in which maps show them.
    public enum Sector: String, CaseIterable, Sendable {
        /// The state (*staten*): authorities, courts, county boards.
        case state
        /// Municipalities (*kommuner*) and what they run together.
        case municipality
        /// Regions (*regioner*).
        case region
        /// Funds, banks, employers, landlords, associations.
        case privateBody = "private"
    }

    /// The owner, which the folder is named after.
    public let owner: Owner
    /// What it is called.
    public let titles: Titles
    /// What it is.
    public let kind: Kind
    /// How many digits the number of each of its agencies has, 1 to 4; 0 where there is one agency, without a number.
    public let digits: Int
    /// What the numbers stand for; nil where they stand for no place.
    public let numbering: Numbering?
    /// Its part of society; where the file does not say, by the numbers: a municipality's, a region's, else the state.
    public let sector: Sector
    /// The branches in the file's order; empty where the owner reads as a whole.
    public let branches: [BranchDeclaration]
    /// The pages of a citizen's status in the order in which they are shown; only the owner of kind ``Kind/people`` has
    /// any.
    public let pages: [PageDeclaration]
    /// The tiles declared here, in the file's order. A tile that several owners set is declared by one of them.
    public let tiles: [TileDeclaration]
    /// The file's path, as the catalogue's folder was given.
    public let file: String

    /// A declaration with every part given; nothing is checked.
    public init(
        owner: Owner, titles: Titles, kind: Kind, digits: Int = 0, numbering: Numbering? = nil,
        sector: Sector? = nil, branches: [BranchDeclaration] = [],
        pages: [PageDeclaration] = [], tiles: [TileDeclaration] = [], file: String
    ) {
        self.owner = owner
        self.titles = titles
        self.kind = kind
        self.digits = digits
        self.numbering = numbering
        switch numbering {
        case .municipality: self.sector = sector ?? .municipality
        case .county: self.sector = sector ?? .region
        case nil: self.sector = sector ?? .state
        }
        self.branches = branches
        self.pages = pages
        self.tiles = tiles
        self.file = file
    }

    /// The branches that access lists may name: those declared, or the owner as a whole.
    public var readers: [Branch] {
        branches.isEmpty ? [Branch(whole: owner)] : branches.map(\.branch)
    }
}

/// A branch of an agency (*verksamhetsgren*).
public struct BranchDeclaration: Hashable, Sendable {
    /// Its name, which is the application of access lists.
    public let branch: Branch
    /// What it is called.
    public let titles: Titles

    /// A declaration by its parts.
    public init(branch: Branch, titles: Titles) {
        self.branch = branch
        self.titles = titles
    }
}

/// A page of a citizen's status: one life event.
public struct PageDeclaration: Hashable, Sendable {
    /// The life event in kebab-case: `birth`.
    public let name: String
    /// What it is called.
    public let titles: Titles

    /// A declaration by its parts.
    public init(name: String, titles: Titles) {
        self.name = name
        self.titles = titles
    }
}
