public import LifeEvents

/// A line of a citizen's status page, as one of its owners declares it.
public struct TileDeclaration: Hashable, Sendable {
    /// Who sees a tile.
    public enum Viewer: String, CaseIterable, Sendable {
        /// The person it is about; of a minor each guardian.
        case subject
        /// Who applied or notified.
        case applicant
        /// Each guardian of the child it is about (*vårdnadshavare*).
        case guardians
        /// Who is paid (*betalningsmottagare*).
        case payee
        /// Who survives the dead: spouse, partner, parent of the child.
        case survivor
        /// Each partner in the dead's estate (*dödsbodelägare*), and no later heir (*efterarvinge*).
        case estatePartners
        /// The founders, officers and signatories of the firm it is about; after a bankruptcy the trustee, too.
        case organisation
    }

    /// Its name in messages, kebab-case: `child-benefit`.
    public let name: String
    /// What it is called.
    public let titles: Titles
    /// The page it stands on: the name of a ``PageDeclaration``.
    public let page: String
    /// Its place on the page, 1 to 999; lower stands higher, and no two tiles of a page have the same.
    public let order: Int
    /// Who sees it.
    public let seenBy: Viewer
    /// The owners whose agencies set it, in the file's order; the one that declares it is among them.
    public let setBy: [Owner]

    /// A declaration by its parts; nothing is checked.
    public init(name: String, titles: Titles, page: String, order: Int, seenBy: Viewer, setBy: [Owner]) {
        self.name = name
        self.titles = titles
        self.page = page
        self.order = order
        self.seenBy = seenBy
        self.setBy = setBy
    }
}
