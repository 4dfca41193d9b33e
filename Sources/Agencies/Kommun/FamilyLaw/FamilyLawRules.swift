import AgencyKit
import LifeEvents

/// The rules of the family law offices. FB is föräldrabalken, FL förvaltningslagen (2017:900).
enum FamilyLawRules {
    static let board = LegalRule(
        "B5", "one confirms, the mother approves, each by an own act, then the board approves; also before the birth",
        source: "FB 1:4, 1:9")
    static let duty = LegalRule(
        "B6", "the board inquires where the child is registered when it is told, and keeps the case if it moves",
        source: "FB 2:1-3, 7-8 a")
    static let invitation = DatedRule(
        "parenthood-invitation", "B6", "the parents answer the office's invitation within", .days,
        [.since(2026, 1, 1, 21)], source: "none", mark: .assumption)
    static let inquiry = DatedRule(
        "parenthood-inquiry", "B6", "an inquiry is done within, from the birth", .years, [.since(2011, 1, 1, 1)],
        source: "FB 2:8")
    static let appeal = DatedRule(
        "parenthood-appeal", "B6", "a decision to drop the inquiry is appealed within", .weeks,
        [.since(2018, 7, 1, 3)], source: "FL 44 §")
    static let registration = DatedRule(
        "parenthood-registration", "B7", "what the board approved is registered in, as the parents are told",
        .workingDays, [.since(2026, 1, 1, 2)], source: "none", mark: .assumption)
    static let judgment = LegalRule(
        "B8", "a judgment about parenthood ends the inquiry when it can no longer be appealed",
        source: "förordning (1949:661) 3 §")

    /// All of them.
    static let all: [LegalRule] = [
        board, duty, invitation.legal, inquiry.legal, appeal.legal, registration.legal, judgment,
    ]
}

extension Effects<KommunFamilyLaw.Timer> {
    /// The last day to accept an invitation that is sent today.
    var invitationEnds: Day { SwedishCalendar.lastDayMoved(today.adding(days: value(of: FamilyLawRules.invitation))) }

    /// The last day of an inquiry into parenthood.
    func inquiryEnds(born day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(months: 12 * value(of: FamilyLawRules.inquiry)))
    }

    /// The last day to appeal what is decided today.
    var appealEnds: Day { SwedishCalendar.lastDayMoved(today.adding(days: 7 * value(of: FamilyLawRules.appeal))) }

    /// When Skatteverket has registered what the board approves today.
    var registeredAround: Day {
        SwedishCalendar.adding(workingDays: value(of: FamilyLawRules.registration), to: today)
    }
}
