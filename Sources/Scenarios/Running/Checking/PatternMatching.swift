import JSON
import LifeEvents

extension WorldContext {
    /// How a message differs from a pattern; of distance 0 if it matches.
    ///
    /// A message of another type is compared no further: what it says in short stands for it.
    func mismatch(_ pattern: MessagePattern, _ message: MatchedMessage) -> Mismatch {
        let envelope = message.envelope
        guard message.type == pattern.type.value else {
            return Mismatch(distance: 100, text: "another type\(gist(message.data))")
        }
        var result = Mismatch.none
        if let subject = pattern.subject, instance.key(of: subject.value) != envelope.subject {
            result.add(Mismatch(distance: 40, text: "it is for \(name(envelope.subject)), expected \(subject.value)"))
        }
        if let source = pattern.source, envelope.source != source.value {
            let found = envelope.source.map { "\($0)" } ?? "outside"
            result.add(Mismatch(distance: 20, text: "it is from \(found), expected \(source.value)"))
        }
        if let change = pattern.change, envelope.change != change.value.type {
            let found = MessagePattern.Change(envelope.change).rawValue
            result.add(Mismatch(distance: 15, text: "the change is \(found), expected \(change.value.rawValue)"))
        }
        if let step = pattern.causedBy, !isCaused(envelope, by: step.value) {
            let found = self.step(behind: envelope.causationID).map { "caused by \($0)" } ?? "uncaused"
            result.add(Mismatch(distance: 15, text: "it is \(found), expected caused by \(step.value)"))
        }
        if let data = pattern.data {
            var comparison = DataComparison(instance, isExact: pattern.isExact, names: names)
            comparison.compare(data, message.data)
            if let first = comparison.first {
                result.add(Mismatch(distance: min(comparison.count * 2, 14), text: first))
            }
        }
        return result
    }

    func isCaused(_ envelope: EventEnvelope, by step: String) -> Bool {
        instance.message(ofStep: step).map { journal.isCaused(envelope.causationID, by: $0) } ?? false
    }

    /// How a tile's message differs from a pattern; of distance 0 if it matches. Nil for what is no such tile.
    func mismatch(_ pattern: TilePattern, _ message: MatchedMessage) -> Mismatch? {
        guard message.type == StatusTile.type.name, message.data?["tile"]?.string == pattern.tile.value else {
            return nil
        }
        let envelope = message.envelope
        var result = Mismatch.none
        if instance.key(of: pattern.holder.value) != envelope.subject {
            result.add(
                Mismatch(
                    distance: 40, text: "it is shown to \(name(envelope.subject)), expected \(pattern.holder.value)"))
        }
        if let agency = pattern.agency, envelope.source != agency.value {
            let found = envelope.source.map { "\($0)" } ?? "outside"
            result.add(Mismatch(distance: 20, text: "it is from \(found), expected \(agency.value)"))
        }
        let code = message.data?["code"]?.string ?? "absent"
        if let wanted = pattern.code, !wanted.admits(code: code) {
            result.add(Mismatch(distance: 5, text: "the code is \(code), expected \(wanted.codeInWords)"))
        }
        if let about = pattern.about {
            let found = message.data?["about"]?.string.flatMap { Subject(text: $0) } ?? envelope.subject
            if instance.key(of: about.value) != found {
                result.add(Mismatch(distance: 30, text: "it is about \(name(found)), expected \(about.value)"))
            }
        }
        if let data = pattern.data {
            var comparison = DataComparison(instance, isExact: false, names: names)
            comparison.compare(data, message.data)
            if let first = comparison.first {
                result.add(Mismatch(distance: min(comparison.count, 4), text: first))
            }
        }
        return result
    }

    /// How a text differs from an expected one; nil if it does not.
    func difference(_ wanted: DataNode?, _ found: String, name: String) -> String? {
        guard let wanted else { return nil }
        var writer = JSONWriter()
        writer.string(found)
        let text = writer.text
        let first = try? JSONTape.reading(text) { value -> String? in
            var comparison = DataComparison(instance, isExact: false, names: names)
            comparison.compare(wanted, value, path: name)
            return comparison.first
        }
        return first ?? nil
    }

    /// How a JSON text differs from expected data; nil if it does not.
    func difference(_ wanted: DataNode, inJSON text: String) -> String? {
        let first = try? JSONTape.reading(text) { value -> String? in
            var comparison = DataComparison(instance, isExact: false, names: names)
            comparison.compare(wanted, value)
            return comparison.first
        }
        return first ?? nil
    }

    /// The few fields that say most about a message of whatever type.
    private func gist(_ data: JSONValue?) -> String {
        let fields = ["tile", "code", "benefit", "service", "outcome", "state", "reason"].compactMap { key in
            data?[key]?.string.map { "\(key)=\($0)" }
        }
        return fields.isEmpty ? "" : ", with " + fields.joined(separator: " ")
    }
}

extension MessagePattern.Change {
    init(_ type: ChangeType?) {
        switch type {
        case nil: self = .created
        case .corrected: self = .corrected
        case .annulled: self = .annulled
        case .ceased: self = .ceased
        }
    }
}
