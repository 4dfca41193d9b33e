import Agencies
import Contracts
import LifeEvents

/// What life situations, lines, agencies and messages are called on a citizen's page, in Swedish: from the contracts.
///
/// A word that the contracts lack is shown as messages have it, so that a run with other contracts can be read.
struct CitizenWords {
    private let agencies: [AgencyFile]
    private let topics: [TopicManifest]

    /// The words of a catalogue; nil: none is at hand.
    init(_ catalogue: Catalogue?) {
        agencies = catalogue?.agencies ?? []
        topics = catalogue?.topics ?? []
    }

    private var tiles: [TileDeclaration] { agencies.flatMap(\.tiles) }
    private var pages: [PageDeclaration] { agencies.flatMap(\.pages) }

    /// The life situation that a line belongs to, its title, and the place of both among all.
    func situation(of tile: String) -> (title: String, place: Int, order: Int) {
        guard let declared = tiles.first(where: { $0.name == tile }),
            let place = pages.firstIndex(where: { $0.name == declared.page })
        else { return ("Övrigt", .max, .max) }
        return (pages[place].titles.swedish, place, declared.order)
    }

    /// What a line is called.
    func title(of tile: String) -> String { tiles.first { $0.name == tile }?.titles.swedish ?? tile }

    /// What a message is called: its type's title, or its topic's.
    func title(ofMessage type: String) -> String {
        topics.first { $0.name == EventType(type).topic }?.titleSwedish ?? type
    }

    /// Who an agency is: `Försäkringskassan`, `Kommun Karlstad`, `Region Värmland`.
    func name(of agency: AgencyID) -> String {
        if agency.owner == .citizen { return "Invånaren" }
        let title = agencies.first { $0.owner == agency.owner }?.titles.swedish ?? "\(agency.owner)"
        guard let code = agency.code else { return title }
        if agency.owner == .region, let region = Regions.all.first(where: { $0.agency == agency }) {
            return region.name
        }
        return "\(title) \(agency.owner == .kommun ? Municipalities.name(code: code) : code)"
    }
}
