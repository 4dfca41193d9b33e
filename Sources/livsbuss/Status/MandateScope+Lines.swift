import CitizenStatus
import LifeEvents

extension MandateScope {
    /// Whether a mandate of this scope lets its holder see a line of the firm's page.
    func isAbout(_ row: TileRow) -> Bool {
        switch self {
        case .all: true
        case .taxRegistration: row.tile == TileName.tax.rawValue
        // Leaders of a club see when they train, and whom they have counted.
        case .unlock, .attendance: [TileName.times, .attendance].map(\.rawValue).contains(row.tile)
        case .book: row.tile == TileName.times.rawValue
        case .grant: [TileName.grants, .lok].map(\.rawValue).contains(row.tile)
        default: false
        }
    }
}
