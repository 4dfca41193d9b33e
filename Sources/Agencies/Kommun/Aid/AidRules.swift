import AgencyKit
import LifeEvents

/// The rules of financial aid (ekonomiskt bistånd) by their numbers on the page; the amounts of the norm are ``AidNorm``.
enum AidRules {
    static let right = LegalRule(
        "A1", "who cannot provide for the household has a right to the norm and to reasonable costs",
        source: "SoL 2025:400 12:1, 12:7")
    static let appeal = DatedRule(
        "aid-appeal", "A9", "a decision is appealed within, from receipt; too late is dismissed", .weeks,
        [.since(1986, 7, 1, 3)], source: "FL 44-46 §§")
    static let automated = LegalRule(
        "A10", "only whole grants are decided without a person, where the committee has delegated it, with reasons",
        source: "KL 6:37; FL 28, 32 §§")
    static let drawn = DatedRule(
        "aid-drawn-to-a-person", "A10", "of the grants that could be automated so many go to a person first", .percent,
        [.since(2022, 7, 1, 10)], source: "none", mark: .assumption)
    static let retroactive = LegalRule(
        "A11",
        "of a benefit in arrears at most what was paid for the same time goes to social services, never child benefit",
        source: "SFB 107:5; forsakringskassan.se, för kommuner")
    static let household = LegalRule(
        "A12", "the household is claimed on only for wrong facts, or aid given as an advance",
        source: "SoL 2025:400, section not checked", mark: .likely)
    static let residence = LegalRule(
        "A13", "the municipality of residence grants; a case is handed over by agreement, else IVO decides",
        source: "SoL 2025:400 29 kap., 29:2, 10, 11")
    static let onePayer = LegalRule(
        "A14", "one month has one payer: the municipality that granted it; the next pays from the 1st after the move",
        source: "none", mark: .assumption)
    static let moveMonth = LegalRule(
        "M21", "the municipality that granted a month has paid it, the other pays from the next, none twice",
        source: "SoL 2025:400; acceptance 5", mark: .assumption)
    static let activity = DatedRule(
        "aid-activity", "A15", "who can work takes part in activity (1: demanded)", .count,
        [.since(2025, 7, 1, 0), .since(2026, 7, 1, 1)], source: "bet. 2025/26:SoU29, vote 20 May 2026", mark: .likely)
    static let ceiling = DatedRule(
        "aid-norm-from-fourth-child", "A16", "from the fourth child on so much of the norm of a child", .percent,
        [.since(2025, 1, 1, 100), .since(2027, 1, 1, 50)], source: "bet. 2025/26:SoU30; the share is assumed",
        mark: .assumption)
    static let wage = DatedRule(
        "aid-wage-counted", "A17", "of a wage so much is counted after six months of aid", .percent,
        [.since(2013, 7, 1, 75)], source: "Lifecare in Sundsvall's code; years likely")
    static let wageMonths = DatedRule(
        "aid-wage-after", "A17", "a wage is counted in part after so many months of aid", .months,
        [.since(2013, 7, 1, 6)], source: "Lifecare in Sundsvall's code", mark: .likely)
    static let signature = DatedRule(
        "aid-signature", "A19", "a further adult signs within", .days, [.since(2022, 1, 1, 14)], source: "none",
        mark: .assumption)
    static let hearing = DatedRule(
        "aid-hearing", "A19", "before a refusal the household may answer within", .days, [.since(2018, 7, 1, 7)],
        source: "FL 25 §; days assumed", mark: .assumption)
    static let newCase = DatedRule(
        "aid-new-case", "A19", "a first application is decided in", .workingDays, [.since(2022, 1, 1, 8)],
        source: "none", mark: .assumption)
    static let repeatCase = DatedRule(
        "aid-repeat-case", "A19", "a further application is decided in", .workingDays, [.since(2022, 1, 1, 2)],
        source: "none", mark: .assumption)
    static let paying = DatedRule(
        "aid-paying", "A19", "aid is paid after the decision in", .workingDays, [.since(2022, 1, 1, 2)], source: "none",
        mark: .assumption)
    static let opens = DatedRule(
        "aid-month-opens", "A19", "a month is applied for from this day of the month before", .dayOfMonth,
        [.since(2022, 1, 1, 15)], source: "none", mark: .assumption)
    static let thirds = LegalRule(
        "A19", "the committee meets on the third Wednesday", source: "none", mark: .assumption)
    static let asked = LegalRule(
        "A8", "the Tax Agency also tells monthly income", source: "prop. 2024/25:179", mark: .likely)
    static let example = LegalRule(
        "A20", "sums of the page's case", source: "none: the page's own", mark: .assumption)

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        right, appeal.legal, automated, drawn.legal, retroactive, household, residence, onePayer, activity.legal,
        ceiling.legal, wage.legal, wageMonths.legal, signature.legal, hearing.legal, newCase.legal, repeatCase.legal,
        paying.legal, opens.legal, thirds, asked, example, moveMonth,
    ]

    /// Municipalities whose committee has delegated whole grants to a programme: Trelleborg (S35).
    static let automating = ["1287"]

    /// Who is asked by SSBTEK, in the order in which the household reads it.
    static let sources: [AgencyID] = [
        .forsakringskassan, .pensionsmyndigheten, .csn, .arbetsformedlingen, .skatteverket, .akassa(0),
        .transportstyrelsen, .migrationsverket,
    ]

    /// What a source is called in a sentence.
    static func name(_ source: AgencyID) -> String {
        switch source.owner {
        case .forsakringskassan: "Försäkringskassan"
        case .pensionsmyndigheten: "Pensionsmyndigheten"
        case .csn: "CSN"
        case .arbetsformedlingen: "Arbetsförmedlingen"
        case .skatteverket: "Skatteverket"
        case .akassa: "a-kassan"
        case .transportstyrelsen: "Transportstyrelsen"
        case .migrationsverket: "Migrationsverket"
        default: "\(source)"
        }
    }

    /// `a, b och c`
    static func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return "\(names.dropLast().joined(separator: ", ")) och \(last)"
    }

    /// `åtta`, as far as there are sources.
    static func count(_ number: Int) -> String {
        let words = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta"]
        return words.indices.contains(number) ? words[number] : "\(number)"
    }

    /// `Alla åtta`, `Båda`
    static func all(_ number: Int) -> String { number == 2 ? "Båda" : "Alla \(count(number))" }

    /// `Juni 2026`
    static func capital(_ text: String) -> String { "\(text.prefix(1).uppercased())\(text.dropFirst())" }

    /// The third Wednesday of the month after a day, or of its own where that is still to come.
    static func committeeDay(after day: Day) -> Day {
        func third(_ month: Month) -> Day {
            let first = month.firstDay
            let ahead = (Weekday.wednesday.rawValue - first.weekday.rawValue + 7) % 7
            return first.adding(days: ahead + 14)
        }
        let own = third(Month(of: day))
        return own > day ? own : third(Month(of: day).next)
    }
}

extension Municipalities {
    /// What a municipality calls itself: `Stockholms stad`, `Umeå kommun`.
    static func body(code: String) -> String {
        switch code {
        case "0180": return "Stockholms stad"
        case "0980": return "Region Gotland"
        case "1280": return "Malmö stad"
        case "1283": return "Helsingborgs stad"
        case "1480": return "Göteborgs Stad"
        default:
            let name = Municipalities.name(code: code)
            let isBare = name.last.map { "aeiouyåäösxz".contains($0) } ?? true
            return "\(name)\(isBare ? "" : "s") kommun"
        }
    }
}
