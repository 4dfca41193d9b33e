internal import LifeEvents
internal import Terminal
internal import YAML

/// What must hold between the files of all owners: one declaration a tile, known pages and owners.
enum AgencyReadings {
    /// The faults by file, in the order of the files.
    static func problems(_ readings: [AgencyReading]) -> [ContractProblem] {
        let pages = readings.flatMap(\.file.pages).map(\.name)
        let owners = readings.map(\.file.owner)
        var names: [String: YAMLNode] = [:]
        var orders: [String: TileDeclaration] = [:]
        var people: AgencyFile?
        return readings.flatMap { reading in
            var findings = Findings()
            if reading.file.kind == .people {
                if let people {
                    findings.add(
                        file: reading.file.file, "only one owner is of kind 'people', and '\(people.owner)' is")
                }
                people = reading.file
            }
            for tile in reading.tiles {
                let declaration = tile.declaration
                if let first = names[declaration.name] {
                    findings.add(
                        tile.name,
                        "the tile '\(declaration.name)' is declared already, in \(first.file):\(first.range.start.line); "
                            + "declare it once and name there who sets it (setBy)")
                } else {
                    names[declaration.name] = tile.name
                }
                if !pages.contains(declaration.page) {
                    findings.add(tile.page, unknown("page", declaration.page, among: pages))
                } else if let other = orders.updateValue(
                    declaration, forKey: "\(declaration.page) \(declaration.order)")
                {
                    findings.add(
                        tile.order,
                        "the tile '\(other.name)' has place \(declaration.order) on the page '\(declaration.page)' already"
                    )
                }
                for setter in tile.setBy where !owners.contains(setter.owner) {
                    findings.add(
                        setter.node, unknown("owner", setter.owner.description, among: owners.map(\.description)))
                }
            }
            return findings.sorted
        }
    }

    private static func unknown(_ what: String, _ name: String, among known: [String]) -> String {
        if let guess = SpellingGuess.nearest(to: name, among: known) {
            return "there is no \(what) '\(name)'; did you mean '\(guess)'?"
        }
        return "there is no \(what) '\(name)'; "
            + (known.isEmpty ? "none is declared" : "those declared are \(known.joined(separator: ", "))")
    }
}
