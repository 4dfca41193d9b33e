internal import LifeEvents
internal import YAML

/// Compares what one owner's `agency.yaml` says.
struct AgencyComparison {
    private(set) var found: [FoundChange] = []
    private let document: YAMLDocument?

    init(_ old: AgencyFile, _ new: AgencyFile) {
        document = try? YAMLDocument(contentsOf: new.file)
        compareNumbers(old, new)
        compareBranches(old, new)
        compareTiles(old, new)
    }

    private mutating func tell(
        _ effect: ContractChange.Effect, _ key: String, _ sentence: String, only: [Party], in file: String
    ) {
        let place = document?.root.entry(named: key).map { ContractPlace($0.key) } ?? ContractPlace(file: file)
        found.append(FoundChange(effect: effect, place: place, sentence: sentence, only: only))
    }

    private mutating func compareNumbers(_ old: AgencyFile, _ new: AgencyFile) {
        guard old.digits != new.digits else { return }
        tell(
            .breaksBoth, "digits", "its agencies have numbers of \(new.digits) digits, and had of \(old.digits)",
            only: old.readers.map { Party(old.owner, $0) }, in: new.file)
    }

    private mutating func compareBranches(_ old: AgencyFile, _ new: AgencyFile) {
        for branch in old.readers where !new.readers.contains(branch) {
            tell(
                .breaksBoth, "branches", "there is no branch '\(branch)' any more", only: [Party(old.owner, branch)],
                in: new.file)
        }
        for branch in new.readers where !old.readers.contains(branch) {
            tell(.compatible, "branches", "there is a branch '\(branch)' now", only: [], in: new.file)
        }
    }

    private mutating func compareTiles(_ old: AgencyFile, _ new: AgencyFile) {
        for tile in old.tiles {
            guard let other = new.tiles.first(where: { $0.name == tile.name }) else {
                tell(
                    .breaksWriters, "tiles", "there is no tile '\(tile.name)' any more",
                    only: tile.setBy.map { Party(whole: $0) }, in: new.file)
                continue
            }
            let gone = tile.setBy.filter { !other.setBy.contains($0) }
            if !gone.isEmpty {
                tell(
                    .breaksWriters, "tiles",
                    "the tile '\(tile.name)' is no longer set by \(gone.map(\.description).joined(separator: ", "))",
                    only: gone.map { Party(whole: $0) }, in: new.file)
            }
            if tile.seenBy != other.seenBy {
                tell(
                    .compatible, "tiles",
                    "the tile '\(tile.name)' is seen by \(other.seenBy.rawValue), and was by \(tile.seenBy.rawValue)",
                    only: [], in: new.file)
            }
        }
        for tile in new.tiles where !old.tiles.contains(where: { $0.name == tile.name }) {
            tell(.compatible, "tiles", "there is a tile '\(tile.name)' now", only: [], in: new.file)
        }
    }
}
