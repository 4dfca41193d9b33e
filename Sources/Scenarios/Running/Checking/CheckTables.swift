import LifeEvents

/// What the checks of a run's worlds say again and again: each text, and each state of a message, is kept once.
///
/// Copies of a scenario differ in keys and ids only, so there are few of each, however many worlds there are. One thread
/// owns the tables.
final class CheckTables {
    /// What many messages have in common.
    struct Kind: Hashable {
        var type: String
        var source: AgencyID?
        var change: ChangeType?
        var isOutside: Bool
        /// Whether what becomes of it at agencies is seen, too; not so for what a resumed run has played before.
        var isLive: Bool
    }

    /// What became of a message: a bit for each of the world's agencies.
    struct Fate: Hashable {
        /// Who was offered it.
        var offered: UInt64 = 0
        /// For whom it was on its way when the world ended, or whom no channel brings it, in a run with a plane.
        var withheld: UInt64 = 0
        /// Who handled it.
        var handled: UInt64 = 0
        /// Whom of the agencies of owners with many it concerns, by what it says.
        var concerned: UInt64 = 0
        /// In whose name the ledger has a reading of it.
        var written: UInt64 = 0
        /// Whether it was sent again from a dead letter: then an agency may handle it that has begun to before.
        var isRedriven = false
    }

    /// A tile, and who sets it.
    struct TileKind: Hashable {
        var tile: String
        var agency: AgencyID
    }

    /// What an agency is offered; the reports of one message follow one another, those of an agency's branches among those
    /// of other agencies.
    struct Offer {
        var message: EventID
        var agency: AgencyID
        var rivers: [String]
    }

    /// The offers of the newest message.
    var offers: [Offer] = []
    /// So many texts are shared at most; then they are shared anew, for an outsider may make each text another.
    static let mostTexts = 10_000

    private var texts: Set<String> = []
    private(set) var kinds: [Kind] = []
    private var placesOfKinds: [Kind: Int32] = [:]
    private(set) var tiles: [TileKind] = []
    private var placesOfTiles: [TileKind: Int32] = [:]
    private(set) var fates = [Fate()]
    private var placesOfFates = [Fate(): Int32(0)]

    /// How many texts are shared.
    var textCount: Int { texts.count }

    /// The same text, in memory that others use as well.
    func text(_ text: String) -> String {
        if texts.count >= Self.mostTexts { texts.removeAll() }
        return texts.insert(text).memberAfterInsert
    }

    /// The number of a kind.
    func number(of kind: Kind) -> Int32 {
        if let place = placesOfKinds[kind] { return place }
        let place = Int32(kinds.count)
        kinds.append(kind)
        placesOfKinds[kind] = place
        return place
    }

    /// The number of a tile; only those that a scenario asks for are numbered.
    func number(of tile: TileKind) -> Int32 {
        if let place = placesOfTiles[tile] { return place }
        let place = Int32(tiles.count)
        tiles.append(tile)
        placesOfTiles[tile] = place
        return place
    }

    /// The number of a fate; 0 is that of a message of which nothing is known.
    func number(of fate: Fate) -> Int32 {
        if let place = placesOfFates[fate] { return place }
        let place = Int32(fates.count)
        fates.append(fate)
        placesOfFates[fate] = place
        return place
    }
}
