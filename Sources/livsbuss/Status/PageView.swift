import CitizenStatus
import LifeEvents

/// What one person may see of another's page.
///
/// A guardian sees the child's page and what stands on the guardian's own about the child; a partner in an estate sees what
/// has come onto the dead's page since the death is known; a god man sees what the scope is about, and what stands on his
/// own page about the principal; founders, the board and who signs see a firm's page, who has its mandate what that is about;
/// everybody sees the own page.
struct PageView {
    private let store: StatusStore
    private let person: PersonRow
    private let viewer: PersonRow
    private let asOf: Instant?
    /// nil: it is the own page.
    private let mandate: Mandate?

    /// - Throws: `Failure` if the store does not know the viewer, or if no register gives the viewer a right to the page.
    init(of person: PersonRow, by name: String, in store: StatusStore, asOf: Instant?) throws {
        let known =
            try store.person(named: name)
            + [Subject(text: name).flatMap { try store.person(key: $0) }].compactMap(\.self)
        guard let viewer = known.first(where: { $0.world == person.world }) ?? known.first else {
            throw Failure(.invalidFile, "the store knows nobody called \(name)")
        }
        self.store = store
        self.person = person
        self.viewer = viewer
        self.asOf = asOf
        if viewer.key == person.key {
            mandate = nil
            return
        }
        mandate = try store.mandates(for: person.key, asOf: asOf).first {
            $0.holder == viewer.key && $0.ground != .nominated
        }
        if mandate == nil {
            throw Failure(
                .expectation,
                "\(viewer.name) may not see the page of \(person.name): no register names \(viewer.name) as guardian "
                    + "or god man, as partner in the estate, or as founder, officer or signatory")
        }
    }

    /// Whether a god man's scope is about a line: who guards rights sees all that authorities say, who manages property
    /// what is paid, taxed or kept, who cares for the person what the municipality and the region do, who acts for a share
    /// in an estate the estate's lines (FB 12:2; the division by who sets the line is an assumption).
    private static func isWithin(_ scope: [GuardianshipScope], _ row: TileRow) -> Bool {
        scope.contains { part in
            switch part {
            case .guardRights: true
            case .manageProperty: ![.kommun, .region].contains(row.agency.owner)
            case .careForPerson: [.kommun, .region].contains(row.agency.owner)
            case .estateShare: ["estate-inventory", "estate-division"].contains(row.tile)
            }
        }
    }

    /// The lines that the viewer sees.
    /// - Parameter own: the lines of the page.
    func rows(_ own: [TileRow]) throws -> [TileRow] {
        switch mandate?.ground {
        case nil: return own
        case .nominated: return []
        case .guardian:
            return own + (try store.tiles(of: viewer.key, asOf: asOf).filter { $0.about == person.key })
        case .estatePartner:
            guard let death = try store.deathKnown(of: person.key, asOf: asOf) else { return [] }
            return own.filter { $0.knownFrom >= death }
        case .founder, .officer, .signatory, .trustee, .boardInBankruptcy, .soleTrader: return own
        case .granted: return own.filter { row in mandate?.mandateScope.contains { $0.isAbout(row) } ?? false }
        case .godMan:
            let within = own.filter { Self.isWithin(mandate?.scope ?? [], $0) }
            return within + (try store.tiles(of: viewer.key, asOf: asOf).filter { $0.about == person.key })
        }
    }
}

extension PageView: CustomStringConvertible {
    /// `seen by mother as guardian`
    var description: String {
        switch mandate?.ground {
        case nil: "the own page"
        case .guardian: "seen by \(viewer.name) as guardian"
        case .godMan: "seen by \(viewer.name) as god man"
        case .estatePartner: "seen by \(viewer.name) as partner in the estate, or for one"
        case .nominated: "not seen by \(viewer.name)"
        case .founder: "seen by \(viewer.name) as founder"
        case .officer: "seen by \(viewer.name) as officer"
        case .signatory: "seen by \(viewer.name) as signatory"
        case .trustee: "seen by \(viewer.name) as trustee in bankruptcy"
        case .boardInBankruptcy: "seen by \(viewer.name) as board of a bankrupt firm"
        case .soleTrader: "seen by \(viewer.name), whose business it is"
        case .granted: "seen by \(viewer.name) with a mandate"
        }
    }
}
