import CitizenStatus
import LifeEvents

extension MandateScope {
    /// Whether a mandate of this scope lets its holder see a line of the firm's page.
    func isAbout(_ row: TileRow) -> Bool {
        switch self {
        case .all: true
        case .taxRegistration: row.tile == TileName.tax.rawValue
        default: false
        }
    }
}
