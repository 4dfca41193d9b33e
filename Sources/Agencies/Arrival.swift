import AgencyKit
import LifeEvents

/// The rules of people who have newly arrived, by their numbers on the page. FOL is folkbokföringslagen (1991:481), SFB
/// socialförsäkringsbalken. Each agency goes by some of them.
enum ArrivalRules {
    static let permit = LegalRule(
        "N1",
        "a permit of a refugee is for three years, another protection's for 13 months, each further for two years",
        source: "UtlL 5:1 a")
    static let settlement = LegalRule(
        "N2", "each municipality receives whom the Migration Agency assigns: only those in its housing",
        source: "lag 2016:38; förordning 2016:39")
    static let receive = DatedRule(
        "settlement-receive", "N2", "the municipality receives within, from the assignment", .months,
        [.since(2016, 3, 1, 2)], source: "förordning 2016:39; regeringen.se 2016", mark: .likely)
    /// The municipality whose turn it is (kommuntal). The code is a number: 180 is 0180.
    static let turn = DatedRule(
        "settlement-turn", "N2", "whose turn it is to receive, by the municipality's code", .count,
        [.since(2016, 3, 1, 1_780)], source: "none: the yearly numbers of municipalities", mark: .assumption)
    static let assignment = DatedRule(
        "settlement-assignment", "N21", "a municipality is chosen in, from the permit", .workingDays,
        [.since(2016, 3, 1, 5)], source: "none", mark: .assumption)
    static let allowance = DatedRule(
        "daily-allowance", "N3", "in a home of one's own the daily allowance goes on after the permit for", .months,
        [.since(1994, 7, 1, 1)], source: "LMA 1994:137, 8 §")
    static let allowanceUntilHome = LegalRule(
        "N3", "in the Migration Agency's housing the daily allowance goes on until the home can be used",
        source: "LMA 1994:137, 8 §")
    static let notice = DatedRule(
        "immigration-notice", "N4", "the population register is told within, from the permit", .weeks,
        [.since(1991, 7, 1, 4)], source: "FOL 26, 26 a-c, 30 §§")
    static let guardian = LegalRule(
        "N4", "in person, with the permit card; a guardian tells for a child, from 16 the child as well",
        source: "FOL 26 a-c, 30 §§")
    static let year = DatedRule(
        "immigration-year", "N5", "registered is whose permit holds from the day for at least", .years,
        [.since(1991, 7, 1, 1)], source: "FOL 3-4 §§")
    static let fromNotice = LegalRule(
        "N5", "registered from the move where it is told within a week, else from the day of the notice",
        source: "FOL 35 §")
    static let handling = DatedRule(
        "immigration-handling", "N6", "a notice of a move to Sweden is decided in", .days, [.since(2026, 1, 1, 35)],
        source: "skatteverket.se; the days assumed", mark: .assumption)
    static let longest = DatedRule(
        "immigration-longest", "N6", "at the latest in", .days, [.since(2026, 1, 1, 126)],
        source: "skatteverket.se: up to 18 weeks")
    static let number = LegalRule(
        "N7", "a coordination number on request of the Migration Agency; registration gives a personal number",
        source: "lag 2022:1697; förordning 2023:363, 5 §; FOL 18 §")
    static let ended = DatedRule(
        "permit-expired", "N8", "the register is told where no extension was sought so long after the last day",
        .months, [.since(2006, 4, 1, 3)], source: "förordning 2006:97, 7:7 a; FOL 20 §")
    static let weighed = DatedRule(
        "permit-ended-answer", "N8", "who has no permit any more says within whether the stay goes on", .days,
        [.since(2026, 1, 1, 21)], source: "FOL 20 §; days assumed", mark: .assumption)
    static let withdrawal = LegalRule(
        "N8", "a withdrawal is told when it is final, to nobody before", source: "förordning 2006:97, 7:7 a")
    static let appeal = DatedRule(
        "permit-appeal", "N9", "a refusal or a withdrawal is appealed within", .weeks, [.since(2006, 3, 31, 3)],
        source: "UtlL 14:3", mark: .likely)
    static let insured = LegalRule(
        "N10",
        "insured from the first day of the permit, at most three months before it was granted; on while an "
            + "extension is tried", source: "SFB 5:12")
    static let fiveYears = DatedRule(
        "benefit-residence", "N11", "benefits of residence come after so long in Sweden", .years,
        [.since(2011, 1, 1, 0), .since(2027, 1, 1, 5)], source: "government plan 2025", mark: .likely)
    static let programme = DatedRule(
        "introduction-length", "N12", "the introduction programme lasts at most", .months, [.since(2018, 1, 1, 24)],
        source: "lag 2017:584", mark: .likely)
    static let registered = LegalRule(
        "N12", "the Employment Service decides on the programme of who is registered in Sweden",
        source: "lag 2017:584", mark: .likely)
    static let mapped = DatedRule(
        "introduction-mapping", "N13", "introduction benefit while mapped, a day", .kronor, [.since(2018, 1, 1, 231)],
        source: "förordning 2017:819, 2:13")
    static let day = DatedRule(
        "introduction-day", "N13", "introduction benefit in the programme, a day", .kronor, [.since(2018, 1, 1, 308)],
        source: "förordning 2017:819, 3:12")
    static let child = DatedRule(
        "introduction-child", "N13", "supplement for a child under 11, a month", .kronor, [.since(2018, 1, 1, 800)],
        source: "förordning 2017:819, 10:5-9")
    static let olderChild = DatedRule(
        "introduction-older-child", "N13", "supplement for a child from 11, a month", .kronor,
        [.since(2018, 1, 1, 1_500)], source: "förordning 2017:819, 10:5-9")
    static let olderAge = DatedRule(
        "introduction-older-age", "N13", "the higher supplement is from the age of", .years, [.since(2018, 1, 1, 11)],
        source: "förordning 2017:819, 10:5-9")
    static let children = DatedRule(
        "introduction-children", "N13", "so many children give a supplement at most", .count, [.since(2018, 1, 1, 3)],
        source: "förordning 2017:819, 10:5-9")
    static let backwards = LegalRule(
        "N13", "applied for month by month in arrears, not further back than the month before",
        source: "förordning 2017:819")
    static let payday = DatedRule(
        "introduction-payday", "N14", "introduction benefit of the month before is paid on", .dayOfMonth,
        [.since(2018, 1, 1, 26)], source: "forsakringskassan.se 2018")
    static let appliedBy = DatedRule(
        "introduction-applied-by", "N14", "where it is applied for by this day of the month", .dayOfMonth,
        [.since(2018, 1, 1, 7)], source: "varberg.se")
    static let sfiStart = DatedRule(
        "sfi-start", "N15", "sfi begins within, from the notice", .months, [.since(2018, 1, 1, 1)],
        source: "skollagen 20:29")
    static let knowledge = DatedRule(
        "school-knowledge", "N16", "knowledge is assessed, and a class chosen, within, from the start", .months,
        [.since(2016, 1, 1, 2)], source: "skollagen 3:12 c-e")
    static let schoolStart = DatedRule(
        "school-start", "N16", "a newly arrived child begins school in", .workingDays, [.since(2016, 1, 1, 6)],
        source: "none", mark: .assumption)
    static let sfiCourse = DatedRule(
        "sfi-course", "N15", "an sfi course begins in", .workingDays, [.since(2018, 1, 1, 17)], source: "none",
        mark: .assumption)
    static let health = DatedRule(
        "health-check", "N17", "a health check is offered, with a call within", .days, [.since(2010, 12, 1, 21)],
        source: "förordning 2010:1122; days assumed", mark: .assumption)
    static let idCard = DatedRule(
        "id-card", "N18", "an identity card is ready in", .workingDays, [.since(2009, 6, 1, 10)],
        source: "informationsverige.se; days assumed", mark: .assumption)
    static let idAge = DatedRule(
        "id-card-age", "N18", "an identity card is for who is registered, of age or with the guardians' consent, from",
        .years, [.since(2009, 6, 1, 13)], source: "informationsverige.se")
    static let alone = LegalRule(
        "N19", "a child alone has a god man at once; with a permit social services ask for a special custodian",
        source: "lag 2005:429; SFS 2025:468, 11:1")
    static let aid = LegalRule(
        "N20", "aid until the first introduction benefit, by thirtieths from the reception on; one decision",
        source: "SoL 12:1; the page's own sums", mark: .assumption)
    static let aidMonths = DatedRule(
        "arrival-aid-months", "N20", "the first decision on aid is for so many months", .months,
        [.since(2026, 1, 1, 3)], source: "none", mark: .assumption)
    static let aidPayday = DatedRule(
        "arrival-aid-payday", "N20", "a further month of aid is paid on this day of the month before", .dayOfMonth,
        [.since(2026, 1, 1, 27)], source: "none", mark: .assumption)
    static let aidDecision = DatedRule(
        "arrival-aid-decision", "N21", "aid of who was just received is decided in", .workingDays,
        [.since(2026, 1, 1, 2)], source: "none", mark: .assumption)
    static let asked = DatedRule(
        "insured-asked", "N21", "who has moved to Sweden tells Försäkringskassan within", .days,
        [.since(2026, 1, 1, 21)], source: "none", mark: .assumption)
    static let tried = DatedRule(
        "insured-tried", "N21", "whether somebody is insured is decided in", .workingDays, [.since(2026, 1, 1, 20)],
        source: "none", mark: .assumption)
    static let benefitDecided = DatedRule(
        "introduction-benefit", "N21", "a first application for introduction benefit is decided in", .workingDays,
        [.since(2026, 1, 1, 10)], source: "none", mark: .assumption)
    static let ahead = DatedRule(
        "child-benefit-ahead", "N22", "a new child benefit is paid on the next payday but where that is within",
        .workingDays, [.since(2026, 1, 1, 5)], source: "none: the page's own sums", mark: .assumption)
    static let meeting = DatedRule(
        "introduction-meeting", "N21", "the Employment Service meets who is registered in", .workingDays,
        [.since(2026, 1, 1, 2)], source: "none", mark: .assumption)
    static let mapping = DatedRule(
        "introduction-decision", "N21", "the programme is decided in, from the meeting", .workingDays,
        [.since(2026, 1, 1, 9)], source: "none", mark: .assumption)
    static let explained = DatedRule(
        "introduction-absence", "N21", "an absence is explained within", .days, [.since(2026, 1, 1, 14)],
        source: "none", mark: .assumption)

    static let ofMigration = [
        permit, settlement, receive.legal, turn.legal, assignment.legal, allowance.legal, allowanceUntilHome,
        notice.legal, number, ended.legal, withdrawal, appeal.legal,
    ]
    static let ofRegister = [
        notice.legal, guardian, year.legal, fromNotice, handling.legal, longest.legal, number, weighed.legal,
        idCard.legal, idAge.legal,
    ]
    static let ofInsurance = [
        insured, fiveYears.legal, mapped.legal, day.legal, child.legal, olderChild.legal, olderAge.legal,
        children.legal, backwards, payday.legal, appliedBy.legal, asked.legal, tried.legal, benefitDecided.legal,
        ahead.legal,
    ]
    static let ofEmployment = [programme.legal, registered, meeting.legal, mapping.legal, explained.legal]
    static let ofAid = [
        settlement, receive.legal, alone, aid, aidMonths.legal, aidPayday.legal, aidDecision.legal,
    ]
    static let ofSchool = [sfiStart.legal, sfiCourse.legal, knowledge.legal, schoolStart.legal]
}

/// How a household is spoken to, and who of it is.
struct ArrivedHousehold: Codable, Equatable, Sendable {
    /// Who acts for the person first, the person among them; empty for a child alone.
    var members: [Subject] = []

    /// Who acts for a person; nil: nobody whom the permit tells of.
    var actor: Subject? { members.first }
    /// Whether a person acts alone.
    func isOwn(_ person: Subject) -> Bool { members.first == person }
    var isOne: Bool { members.count < 2 }
    /// `ni`, `du`
    var you: String { isOne ? "du" : "ni" }
    /// `er`, `dig`
    var object: String { isOne ? "dig" : "er" }
}
