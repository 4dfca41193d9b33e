import AgencyKit
import LifeEvents

/// The rules of labour-market programmes as the Employment Service goes by them. AFF is förordning (2017:819).
enum ProgrammeRules {
    static let left = DatedRule(
        "guarantee-days-left", "UN50",
        "the job and development guarantee may begin when so many days of a period of benefit are left", .days,
        [.since(2007, 7, 2, 22)], source: "förordning (2007:414) 5-5 a §§")
    static let jobless = DatedRule(
        "guarantee-jobless", "UN51", "or when somebody has been without work for", .months, [.since(2007, 7, 2, 14)],
        source: "förordning (2007:414) 5-5 a §§")
    static let ladder = LegalRule(
        "UN52",
        "who is not there without a reason: a warning, 1, 5, 10 days without a grant, then 45 each time; Försäkringskassan "
            + "is told, a fund is not", source: "AFF 6:2, 6:12")
    static let review = DatedRule(
        "programme-review", "UN53", "review of such a decision is asked for within", .weeks, [.since(2018, 1, 1, 3)],
        source: "AFF 11:3")
    static let hearing = DatedRule(
        "programme-hearing", "UN54", "who was not there may say why within", .days, [.since(2018, 1, 1, 14)],
        source: "domain.md 4", mark: .assumption)
    static let deciding = DatedRule(
        "programme-deciding", "UN54", "and it is decided after that in", .workingDays, [.since(2018, 1, 1, 5)],
        source: "domain.md 4", mark: .assumption)
    static let waiting = DatedRule(
        "programme-waiting-days", "UN55",
        "who is ill in a programme tells the Employment Service the first day; unpaid are the days before, and at least",
        .days, [.since(2022, 1, 1, 1)], source: "AFF 4:1-3")
    static let certificate = DatedRule(
        "programme-certificate", "UN56", "and shows a doctor's certificate after", .days, [.since(2022, 1, 1, 7)],
        source: "AFF 4:1-3")

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        left.legal, jobless.legal, ladder, review.legal, hearing.legal, deciding.legal, waiting.legal,
        certificate.legal,
    ]

    /// Days without a grant by a step of the ladder.
    static func days(of step: Int) -> Int {
        let steps = [0, 1, 5, 10]
        return step <= steps.count ? steps[step - 1] : 45
    }

    /// `1 dag`
    static func counted(_ days: Int) -> String { days == 1 ? "1 dag" : "\(days) dagar" }
}

extension ProgrammeKind {
    /// As it is called on a page.
    var name: String {
        switch self {
        case .jobDevelopmentGuarantee: "jobb- och utvecklingsgarantin"
        case .youthGuarantee: "jobbgarantin för ungdomar"
        case .training: "en arbetsmarknadsutbildning"
        case .startOwn: "stöd till start av näringsverksamhet"
        }
    }
}
