import JSON
public import LifeEvents

extension StatusStore {
    /// Who may act for a person or a firm and see the page, as registers have told by an instant: guardians, god men, partners
    /// in the estate, and who acts for a partner; a firm's founders, board, signatories and trustee.
    ///
    /// - Parameter instant: nil: the end of the run.
    public func mandates(for person: Subject, asOf instant: Instant? = nil) throws -> [Mandate] {
        var book = MandateBook()
        let limit = instant ?? Instant(milliseconds: .max)
        try pour(messages(of: person), into: &book, limit)
        var mandates = book.mandates(for: person).filter { $0.holds(at: limit) }
        for partner in mandates where partner.ground == .estatePartner {
            var own = MandateBook()
            try pour(messages(of: partner.holder), into: &own, limit)
            // Who acts for a partner sees what the partner may see of the dead's page, and no more.
            for other in own.mandates(for: partner.holder) where other.holds(at: limit) && Self.actsInEstates(other) {
                guard !mandates.contains(where: { $0.holder == other.holder }) else { continue }
                mandates.append(
                    Mandate(holder: other.holder, ground: .estatePartner, since: max(partner.since, other.since)))
            }
        }
        return mandates
    }

    private static func actsInEstates(_ mandate: Mandate) -> Bool {
        switch mandate.ground {
        case .guardian: true
        case .estatePartner, .founder, .nominated, .officer, .signatory, .trustee, .boardInBankruptcy, .soleTrader,
            .granted:
            false
        case .godMan: mandate.scope.contains { $0 != .careForPerson }
        }
    }

    /// When a person's death became known, and has not been annulled, by an instant; nil: it is not known.
    public func deathKnown(of person: Subject, asOf instant: Instant? = nil) throws -> Instant? {
        var known: [(id: EventID, at: Instant)] = []
        for message in try messages(of: person)
        where message.type == Death.type.name && !message.isDeadLetter && message.instant <= instant ?? message.instant
        {
            switch message.changeType {
            case nil: known.append((message.id, message.instant))
            case ChangeType.annulled.rawValue: known.removeAll { $0.id == message.previous }
            default: if let last = known.indices.last { known[last].id = message.id }
            }
        }
        return known.first?.at
    }

    private func pour(_ messages: [MessageRow], into book: inout MandateBook, _ limit: Instant) throws {
        var tape = JSONTape()
        for message in messages where !message.isDeadLetter && message.instant <= limit {
            try message.value.withUnsafeBytes { bytes in
                try tape.parse(bytes)
                try book.take(try ReadEvent(tape.root))
            }
        }
    }
}
