internal import LifeEvents

/// Compares the manifests of one topic.
struct TopicComparison {
    private(set) var found: [FoundChange] = []
    private let old: TopicManifest
    private let new: TopicManifest
    private let places: ManifestPlaces?
    private let oldPlaces: ManifestPlaces?

    init(_ old: TopicManifest, _ new: TopicManifest, _ oldPlaces: ManifestPlaces?, _ places: ManifestPlaces?) {
        self.old = old
        self.new = new
        self.places = places
        self.oldPlaces = oldPlaces
        compareSettings()
        compareNotes()
        compareAccess()
    }

    private mutating func tell(
        _ effect: ContractChange.Effect, _ place: ContractPlace?, _ sentence: String, only: [Party]? = nil
    ) {
        found.append(
            FoundChange(
                effect: effect, place: place ?? ContractPlace(file: new.file), sentence: sentence, only: only))
    }

    // MARK: - Settings

    private mutating func compareSettings() {
        let (before, after) = (old.config, new.config)
        if after.partitions < before.partitions {
            tell(
                .breaksBoth, places?.part("partitions"),
                "\(before.partitions) partitions become \(after.partitions), which Kafka cannot do: the topic would have "
                    + "to be deleted and made anew")
        } else if after.partitions > before.partitions {
            tell(
                .compatible, places?.part("partitions"),
                "\(before.partitions) partitions become \(after.partitions): what was said of a subject before and what "
                    + "is said after lie in different partitions, so their order is kept within each only")
        }
        if after.maximumMessageBytes != before.maximumMessageBytes {
            let isLess = after.maximumMessageBytes < before.maximumMessageBytes
            tell(
                isLess ? .breaksWriters : .compatible, places?.part("maxMessageBytes"),
                "a message may have \(after.maximumMessageBytes) bytes at most, and could have "
                    + "\(before.maximumMessageBytes)")
        }
        compareKeeping("retentionHours", before.retentionHours, after.retentionHours, "hours")
        compareKeeping("retentionBytes", before.retentionBytes, after.retentionBytes, "bytes of a partition")
        if after.cleanupPolicy != before.cleanupPolicy {
            tell(
                .breaksReaders, places?.part("cleanupPolicy"),
                "old records are handled by '\(after.cleanupPolicy.rawValue)' and not by "
                    + "'\(before.cleanupPolicy.rawValue)': who reads from the beginning finds others")
        } else if before.cleanupPolicy != .delete {
            compareKeeping(
                "deleteRetentionHours", before.deleteRetentionHours, after.deleteRetentionHours,
                "hours that the mark of a deleted key")
        }
        if after.replication != before.replication || after.minimumInSyncReplicas != before.minimumInSyncReplicas {
            tell(
                .compatible, places?.replication,
                "\(after.replication) copies, of which a write waits for \(after.minimumInSyncReplicas), and were "
                    + "\(before.replication) and \(before.minimumInSyncReplicas)")
        }
    }

    /// -1 keeps without limit.
    private mutating func compareKeeping(_ key: String, _ before: Int, _ after: Int, _ what: String) {
        guard before != after else { return }
        let isLess = after >= 0 && (before < 0 || after < before)
        func told(_ number: Int) -> String { number < 0 ? "all" : "\(number)" }
        tell(
            isLess ? .breaksReaders : .compatible, places?.part(key),
            "\(told(after)) \(what) are kept, and were \(told(before))"
                + (isLess ? ": who is away for longer misses records" : ""))
    }

    // MARK: - Annotations

    private mutating func compareNotes() {
        if new.informationClass != old.informationClass {
            let isHigher = new.informationClass > old.informationClass
            tell(
                isHigher ? .breaksReaders : .compatible, note("class"),
                "the class is \(isHigher ? "raised" : "lowered") from \(old.informationClass.rawValue) to "
                    + new.informationClass.rawValue)
        }
        for purpose in old.purposes where !new.purposes.contains(purpose) {
            tell(.breaksBoth, note("purposes"), "it may no longer be used for the purpose '\(purpose)'")
        }
        let added = new.purposes.filter { !old.purposes.contains($0) }
        if old.purposes.count == 1, new.purposes.count > 1, !added.isEmpty {
            tell(
                .breaksWriters, note("purposes"),
                "it has \(new.purposes.count) purposes now, so each message has to say its own")
        } else {
            for purpose in added {
                tell(.compatible, note("purposes"), "it may be used for the purpose '\(purpose)' too")
            }
        }
        if new.legalBasis != old.legalBasis {
            tell(
                .compatible, note("legal-basis"),
                "the legal basis is \(new.legalBasis ?? "none"), and was \(old.legalBasis ?? "none")")
        }
    }

    private func note(_ key: String) -> ContractPlace? { places?.part(ManifestNotes.prefix + key) }

    // MARK: - Access

    private mutating func compareAccess() {
        for (index, rule) in old.access.enumerated() {
            guard let party = Party(rule) else { continue }
            let kept = new.access.firstIndex { $0.team == rule.team && $0.application == rule.application }
            let place = kept.flatMap { places?.rows[$0] } ?? oldPlaces?.rows[index]
            let now = kept.map { new.access[$0].access }
            if rule.access.allowsReading, now?.allowsReading != true {
                tell(.breaksReaders, place, "\(party) may no longer read it", only: [party])
            }
            if rule.access.allowsWriting, now?.allowsWriting != true {
                tell(.breaksWriters, place, "\(party) may no longer write it", only: [party])
            }
        }
        for (index, rule) in new.access.enumerated() {
            guard let party = Party(rule) else { continue }
            if rule.access.allowsReading, !old.mayRead(party) {
                tell(.compatible, places?.rows[index], "\(party) may read it now")
            }
            if rule.access.allowsWriting, !old.mayWrite(party) {
                tell(.compatible, places?.rows[index], "\(party) may write it now")
            }
        }
        for reader in old.namedReaders where !new.namedReaders.contains(reader) && new.informationClass >= .c4 {
            guard let rule = new.access.first(where: { "\($0.team)/\($0.application)" == reader }),
                let party = Party(rule)
            else { continue }
            tell(.breaksReaders, note("readers"), "\(party) is no longer a named reader", only: [party])
        }
    }
}

extension Party {
    /// The party of a row; nil where it names no owner, or no branch.
    init?(_ rule: AccessRule) {
        guard let owner = Owner(text: rule.team), let branch = Branch(text: rule.application) else { return nil }
        self.init(owner, branch)
    }
}
