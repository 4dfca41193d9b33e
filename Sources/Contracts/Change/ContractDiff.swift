internal import LifeEvents

/// What differs between two folders of contracts, and whom each difference breaks.
///
/// ```swift
/// let diff = try ContractDiff(old: "Topics", new: "proposal/Topics", readings: readings)
/// for change in diff.changes where change.isBreaking { print(change) }
/// ```
public struct ContractDiff: Sendable {
    /// The changes by file and place, owners' before topics'.
    public let changes: [ContractChange]

    /// Whether a change breaks somebody.
    public var isBreaking: Bool { changes.contains(where: \.isBreaking) }

    /// Compares two folders.
    /// - Parameter readings: what the rules of agencies hear, to name those that break.
    /// - Throws: every fault of both folders at once.
    public init(old oldPath: String, new newPath: String, readings: [DeclaredReading]) throws(ContractError) {
        var problems: [ContractProblem] = []
        func read(_ path: String) -> (catalogue: Catalogue, files: SchemaFiles)? {
            do throws(ContractError) {
                let catalogue = try Catalogue(folder: path)
                return (catalogue, try SchemaFiles(catalogue))
            } catch {
                problems += error.problems
                return nil
            }
        }
        let (first, second) = (read(oldPath), read(newPath))
        guard let first, let second else { throw ContractError(problems: problems) }
        let sides = DiffSides(
            old: first.catalogue, new: second.catalogue, oldFiles: first.files, newFiles: second.files,
            readings: readings)
        changes = sides.agencies() + sides.topics() + sides.annulments() + sides.types()
    }
}

/// Both folders, while they are compared.
private struct DiffSides {
    let old: Catalogue
    let new: Catalogue
    let oldFiles: SchemaFiles
    let newFiles: SchemaFiles
    let readings: [DeclaredReading]

    // MARK: - Owners

    func agencies() -> [ContractChange] {
        var changes: [ContractChange] = []
        for agency in old.agencies {
            let name = agency.owner.description
            let parties = agency.readers.map { Party(agency.owner, $0) }
            guard let other = new.agency(of: agency.owner) else {
                let gone = FoundChange(
                    effect: .breaksBoth, place: ContractPlace(file: agency.file), sentence: "the owner is gone",
                    only: parties)
                changes.append(change(gone, name, readers: parties.map(affected), writers: parties))
                continue
            }
            let found = AgencyComparison(agency, other).found
            changes += sorted(found.map { change($0, name, readers: parties.map(affected), writers: parties) })
        }
        for agency in new.agencies where old.agency(of: agency.owner) == nil {
            let added = FoundChange(
                effect: .compatible, place: ContractPlace(file: agency.file), sentence: "the owner is new")
            changes.append(change(added, agency.owner.description, readers: [], writers: []))
        }
        return changes
    }

    private func affected(_ party: Party) -> ContractChange.Affected { .init(party: party, rules: []) }

    // MARK: - Topics

    func topics() -> [ContractChange] {
        var changes: [ContractChange] = []
        for topic in old.topics {
            let places = old.manifestPlaces[topic.name]
            let (readers, writers) = (readers(of: topic), writers(of: topic))
            guard let other = new.topic(named: topic.name) else {
                let gone = FoundChange(
                    effect: .breaksBoth, place: places?.name ?? ContractPlace(file: topic.file),
                    sentence: "the topic is gone")
                changes.append(change(gone, topic.name, readers: readers, writers: writers))
                continue
            }
            let found = TopicComparison(topic, other, places, new.manifestPlaces[topic.name]).found
            changes += sorted(found.map { change($0, topic.name, readers: readers, writers: writers) })
        }
        for topic in new.topics where old.topic(named: topic.name) == nil {
            let place = new.manifestPlaces[topic.name]?.name ?? ContractPlace(file: topic.file)
            let added = FoundChange(effect: .compatible, place: place, sentence: "the topic is new")
            changes.append(change(added, topic.name, readers: [], writers: []))
        }
        return changes
    }

    /// Who may read a topic, with the rules that do. The bus reads everything, for the record.
    private func readers(
        of topic: TopicManifest, _ isHeard: (EventType) -> Bool = { _ in true }
    ) -> [ContractChange.Affected] {
        topic.access.filter(\.access.allowsReading).compactMap(Party.init).filter { $0.owner != .livsbuss }.sorted()
            .map { party in
                let rules = readings.filter { $0.party == party && $0.type.topic == topic.name && isHeard($0.type) }
                return .init(party: party, rules: rules.map(\.rule).sorted())
            }
    }

    private func writers(of topic: TopicManifest) -> [Party] {
        topic.access.filter(\.access.allowsWriting).compactMap(Party.init).sorted()
    }

    // MARK: - Types

    /// What an annulment says is declared once for all types.
    func annulments() -> [ContractChange] {
        func annulled(_ files: SchemaFiles) -> LocatedSchema? {
            files.shared?["$defs"]?["annulled"].map { LocatedSchema(node: $0, file: SchemaReference.shared) }
        }
        guard let before = annulled(oldFiles), let after = annulled(newFiles) else { return [] }
        var comparison = SchemaComparison(old: oldFiles, new: newFiles)
        comparison.compare(before, after, "")
        let hearing = Set(old.topics.flatMap { topic in readers(of: topic).map(\.party) })
        let saying = Set(old.topics.flatMap { topic in writers(of: topic) })
        return sorted(
            comparison.found.map { found in
                change(
                    found, "annulments of all types", readers: hearing.sorted().map(affected),
                    writers: saying.sorted())
            })
    }

    func types() -> [ContractChange] {
        var changes: [ContractChange] = []
        for (type, root) in oldFiles.types {
            // Of a topic that is gone that is told.
            guard let topic = old.topic(named: type.topic), new.topic(named: type.topic) != nil else { continue }
            let readers = readers(ofType: type, on: topic, root)
            let before = LocatedSchema(node: root, file: type.name)
            guard let after = newFiles.schema(of: type.name) else {
                let gone = FoundChange(
                    effect: .breaksBoth, place: ContractPlace(root.place), sentence: "the type is gone")
                changes.append(change(gone, type.name, readers: readers, writers: writers(of: topic)))
                continue
            }
            let found = TypeComparison(before, after, in: oldFiles, newFiles).found
            changes += sorted(found.map { change($0, type.name, readers: readers, writers: writers(of: topic)) })
        }
        for (type, root) in newFiles.types where oldFiles.schema(of: type.name) == nil {
            let added = FoundChange(
                effect: .compatible, place: ContractPlace(root.place), sentence: "the type is new")
            changes.append(change(added, type.name, readers: [], writers: []))
        }
        return changes
    }

    private func readers(
        ofType type: EventType, on topic: TopicManifest, _ root: SchemaNode
    ) -> [ContractChange.Affected] {
        let own = root["x-livsbuss"]?["readers"].map { TypeComparison.readers($0).map(\.name) }
        return readers(of: topic) { $0 == type }.filter { own?.contains($0.party.description) ?? true }
    }

    // MARK: - Changes

    private func change(
        _ found: FoundChange, _ subject: String, readers: [ContractChange.Affected], writers: [Party]
    ) -> ContractChange {
        let meant = found.only?.map { party in readers.first { $0.party == party } ?? affected(party) } ?? readers
        return ContractChange(
            subject: subject, effect: found.effect, file: found.place.file, line: found.place.line,
            column: found.place.column, sentence: found.sentence,
            readers: found.effect.isForReaders ? meant : [],
            writers: found.effect.isForWriters ? found.only ?? writers : [])
    }

    private func sorted(_ changes: [ContractChange]) -> [ContractChange] {
        changes.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            return (one.file, one.line ?? 0, one.column ?? 0, left.offset)
                < (other.file, other.line ?? 0, other.column ?? 0, right.offset)
        }.map(\.element)
    }
}
