public import AgencyKit
public import LifeEvents

/// The agencies that this program can play.
public enum BuiltInAgencies {
    /// Their owners, in the order in which they handle: those that ``code(for:)`` has code for.
    public static let owners: [Owner] = Owner.all.filter { !code(for: $0).isEmpty }

    /// The code that plays an owner's agencies, whole or branch by branch; empty for an owner that nobody plays here.
    public static func code(for owner: Owner) -> [any Agency] {
        switch owner {
        case .akassa: [Akassa()]
        case .arbetsformedlingen: [Arbetsformedlingen()]
        case .arbetsgivare: [Arbetsgivare()]
        case .bank: [Bank()]
        case .begravningsbyra: [Begravningsbyra()]
        case .bolagsverket: [Bolagsverket()]
        case .csn: [CSN()]
        case .eessi: [Eessi()]
        case .folkhalsomyndigheten: [Folkhalsomyndigheten()]
        case .forsakringskassan: [Forsakringskassan(), ForsakringskassanSickness()]
        case .forvaltningsratten: [Forvaltningsratten()]
        case .hyresvard: [Hyresvard()]
        case .ivo: [Ivo()]
        case .kammarkollegiet: [Kammarkollegiet()]
        case .kommun:
            [
                KommunAid(), KommunAssociations(), KommunCommittee(), KommunElderCare(), KommunEstates(),
                KommunFamilyLaw(), KommunFood(), KommunGuardians(), KommunPermits(), KommunPreschool(),
                KommunSchool(),
            ]
        case .kronofogden: [Kronofogden()]
        case .lansstyrelse: [Lansstyrelse()]
        case .migrationsverket: [Migrationsverket()]
        case .pensionsmyndigheten: [Pensionsmyndigheten()]
        case .polisen: [Polisen()]
        case .raddningstjanst: [Raddningstjanst()]
        case .region: [Region()]
        case .riksidrottsforbundet: [Riksidrottsforbundet()]
        case .skatteverket: [Skatteverket(), SkatteverketEstates(), SkatteverketTaxation()]
        case .ssbtek: [Ssbtek()]
        case .tingsratten: [Tingsratten()]
        case .tjanstepension: [Tjanstepension()]
        case .transportstyrelsen: [Transportstyrelsen()]
        default: []
        }
    }
}
