public import LifeEvents

/// Who may act for an estate (*dödsbo*) and see the dead's page: its holders (*dödsbodelägare*).
///
/// Who is only summoned (*efterarvingar*) is none. A holder who is a minor, or has a representative (*god man*) for the
/// estate, acts through that one.
public struct EstatePartners: CasePart, Sendable {
    /// One who has a share.
    public struct Holder: Codable, Equatable, Sendable {
        /// Whose share it is.
        public var person: Subject
        /// Who acts instead of the holder: guardians of a minor, a god man; nil: the holder acts; empty: nobody can.
        public var actors: [Subject]?

        /// A holder, and who acts instead.
        public init(_ person: Subject, actedFor actors: [Subject]? = nil) {
            self.person = person
            self.actors = actors
        }
    }

    /// The holders, in the order of the inventory.
    public var holders: [Holder] = []

    /// Nobody is known.
    public init() {}

    /// The holders of an estate.
    public init(_ holders: [Holder]) { self.holders = holders }

    /// The holders themselves.
    public var persons: [Subject] { holders.map(\.person) }

    /// Who acts for the estate, each once: holders of age, and who acts for the others.
    public var actors: [Subject] {
        var known: [Subject] = []
        for holder in holders {
            for actor in holder.actors ?? [holder.person] where !known.contains(actor) {
                known.append(actor)
            }
        }
        return known
    }

    /// Whether a person may act for the estate.
    public func mayAct(_ person: Subject) -> Bool { actors.contains(person) }

    /// Lines of a status page about the dead, one for each who acts: on the page of who acts, about the minor or the
    /// principal where that is somebody else's share.
    public var pages: [Subject] { actors }
}
