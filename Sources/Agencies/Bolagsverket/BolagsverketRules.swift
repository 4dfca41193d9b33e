import AgencyKit
import LifeEvents

/// The rules of the company register. ABL is aktiebolagslagen (2005:551).
enum BolagsverketRules {
    static let capital = DatedRule(
        "share-capital", "C1", "share capital of a private limited company, by a bank's certificate, at least", .kronor,
        [.since(2006, 1, 1, 50_000), .since(2020, 1, 1, 25_000)], source: "verksamt.se Starta aktiebolag; ABL 1:5")
    static let notify = DatedRule(
        "company-notice", "C2", "a company is notified after the memorandum within, else the formation lapses", .months,
        [.since(2006, 1, 1, 6)], source: "faronline.se Registrering av nytt aktiebolag; ABL 2:22")
    static let signers = LegalRule(
        "C3", "the memorandum is signed by every founder, the notice by a board member or the CEO",
        source: "ABL 2 kap.; SFS 2006:503 1:2", mark: .likely)
    static let complete = LegalRule(
        "C4", "complete: fee, papers and signatures; the first acceptable name is taken unasked",
        source: "bolagsverket.se; faronline.se")
    static let handling = DatedRule(
        "company-handling", "C5", "what is complete is registered in", .workingDays, [.since(2026, 1, 1, 5)],
        source: "bolagsverket.se (goal 7); 5 assumed", mark: .assumption)
    static let completion = DatedRule(
        "company-completion", "C6", "what lacks is completed within, else the notice is written off", .workingDays,
        [.since(2026, 1, 1, 20)], source: "ABL 27:2; days assumed", mark: .assumption)
    static let falseEntries = LegalRule(
        "C7", "false entries are struck, and personal appearance may be asked for", source: "prop. 2024/25:8")
    static let owners = DatedRule(
        "beneficial-owner", "C8", "beneficial owners are notified after registration, and each change, within", .weeks,
        [.since(2017, 8, 1, 4)], source: "SFS 2017:667 2:1-3; SFS 2018:1349")
    static let neverPublic = LegalRule(
        "C9", "beneficial owners are told to authorities and obliged firms alone", source: "prop. 2025/26:129",
        mark: .likely)
    static let bankruptcy = LegalRule(
        "C18", "a bankruptcy holds at once; the trustee acts, the board informs", source: "KonkL 3:1, 15:1, 16:4")
    static let board = DatedRule(
        "new-board", "C20", "a new board after a death is notified within", .days, [.since(2026, 1, 1, 30)],
        source: "none", mark: .assumption)
    static let order = DatedRule(
        "owners-order", "C20", "beneficial owners are ordered to be notified after the reminder", .days,
        [.since(2026, 1, 1, 30)], source: "none", mark: .assumption)

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        capital.legal, notify.legal, signers, complete, handling.legal, completion.legal, falseEntries, owners.legal,
        neverPublic, bankruptcy, board.legal, order.legal,
    ]

    /// Names of firms that the register holds already. A case sees no other case, and the names of all firms are one
    /// list of the register's own [A].
    private static let taken = ["Fiktiva Krogen i Hamnen AB", "Fiktiva Bageriet i Karlstad AB"].map(key)

    /// Whether a name may be confused with one that is registered: the same but for case, spaces and signs.
    static func isConfusable(_ name: String) -> Bool { taken.contains(key(name)) }

    private static func key(_ name: String) -> String {
        String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}

extension CompanyForm {
    /// What it is called in a sentence.
    var swedish: String {
        switch self {
        case .limitedCompany: "aktiebolag"
        case .partnership: "handelsbolag"
        case .economicAssociation: "ekonomisk förening"
        }
    }

    /// The same with its article.
    var indefinite: String { self == .economicAssociation ? "en \(swedish)" : "ett \(swedish)" }
}
