import AgencyKit
import LifeEvents

/// The rules of a business's tax registration.
enum BusinessRules {
    static let fTax = LegalRule(
        "C10",
        "F-tax is refused for unpaid or unreported tax that is not insignificant; who leads the firm is tested too",
        source: "SKV-RV 382034, 423672, 1295 (2023-2025)")
    static let handling = DatedRule(
        "tax-registration-handling", "C10", "an application for tax registration is decided in", .workingDays,
        [.since(2026, 1, 1, 20)], source: "none", mark: .assumption)
    static let review = DatedRule(
        "tax-review", "C10", "review of a decision on F-tax is asked for within", .months, [.since(2012, 1, 1, 2)],
        source: "skatteförfarandelagen 66 kap.", mark: .likely)
    static let vatLimit = DatedRule(
        "vat-limit", "C11", "no VAT up to a turnover of, a year", .kronor,
        [.since(2017, 1, 1, 30_000), .since(2022, 7, 1, 80_000), .since(2025, 1, 1, 120_000)],
        source: "skatteverket.se; faronline.se")
    static let insignificant = DatedRule(
        "tax-arrears-insignificant", "C10", "unpaid tax is insignificant up to", .kronor, [.since(2026, 1, 1, 5_000)],
        source: "none", mark: .assumption)
    static let bankruptcy = LegalRule(
        "C18", "F-tax is revoked in a bankruptcy", source: "SKV-RV 322185; ground by company.md 10.4", mark: .likely)
    static let soleTrader = LegalRule(
        "C19",
        "a sole trader need not be in the company register; the number of the business is protected as a personal one",
        source: "bolagsverket.se; domain.md 6")
    static let answers = LegalRule(
        "C21", "authorities answer Försäkringskassan", source: "SFB 110:31")

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        fTax, handling.legal, review.legal, insignificant.legal, vatLimit.legal, bankruptcy, soleTrader, answers,
    ]
}

extension TaxKind {
    /// What is applied for.
    var applied: String {
        switch self {
        case .fTax: "F-skatt"
        case .vat: "moms"
        case .employer: "arbetsgivare"
        }
    }
}
