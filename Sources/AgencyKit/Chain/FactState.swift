public import LifeEvents

/// How a fact stands, as far as its chain of events is known.
///
/// | state | CREATED | CORRECTED | CEASED | ANNULLED |
/// |---|---|---|---|---|
/// | `unknown` | `holds` | – | – | – |
/// | `holds` | – | `holds` | `ended` | `annulled` |
/// | `ended` | – | `ended` | `ended` | `holds` |
/// | `annulled` | `holds` | – | – | – |
///
/// CREATED stands alone; the others move the chain only where they name its head as their predecessor.
public enum FactState: String, Codable, Sendable, CaseIterable {
    /// Nothing of the chain is known.
    case unknown
    /// A CREATED or a CORRECTED event is the head.
    case holds
    /// A CEASED event, or a correction of one, is the head.
    case ended
    /// The fact never held.
    case annulled

    /// Where an event leads that creates the fact or names the head as its predecessor; nil: nowhere.
    @inlinable func after(_ step: FactStep) -> FactState? {
        switch (self, step) {
        case (.unknown, .created), (.annulled, .created): .holds
        case (.holds, .corrected): .holds
        case (.holds, .ceased), (.ended, .corrected), (.ended, .ceased): .ended
        // The end was wrong: what stood before it holds again.
        case (.ended, .annulled): .holds
        case (.holds, .annulled): .annulled
        case (.unknown, _), (.annulled, _), (.holds, .created), (.ended, .created): nil
        }
    }
}

/// What an event does to a fact.
@usableFromInline enum FactStep: String, Codable, Sendable, CaseIterable {
    case created, corrected, ceased, annulled

    @inlinable init(_ change: ChangeType?) {
        switch change {
        case nil: self = .created
        case .corrected: self = .corrected
        case .ceased: self = .ceased
        case .annulled: self = .annulled
        }
    }
}
