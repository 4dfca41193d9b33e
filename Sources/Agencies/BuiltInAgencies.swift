public import AgencyKit
public import LifeEvents

/// The agencies that this program can play.
public enum BuiltInAgencies {
    /// Their owners, in the order in which they handle.
    public static let owners: [Owner] = [
        .arbetsformedlingen, .forsakringskassan, .kommun, .pensionsmyndigheten, .region, .skatteverket,
    ]

    /// A runner for an owner's agencies; nil for an owner that nobody plays here.
    public static func runner(for owner: Owner, playing agencies: [AgencyID]) -> AgencyRunner? {
        switch owner {
        case .arbetsformedlingen: TypedRunner(Arbetsformedlingen(), playing: agencies, keepsMade: false)
        case .forsakringskassan: TypedRunner(Forsakringskassan(), playing: agencies, keepsMade: false)
        case .kommun: TypedRunner(Kommun(), playing: agencies, keepsMade: false)
        case .pensionsmyndigheten: TypedRunner(Pensionsmyndigheten(), playing: agencies, keepsMade: false)
        case .region: TypedRunner(Region(), playing: agencies, keepsMade: false)
        case .skatteverket: TypedRunner(Skatteverket(), playing: agencies, keepsMade: false)
        default: nil
        }
    }
}
