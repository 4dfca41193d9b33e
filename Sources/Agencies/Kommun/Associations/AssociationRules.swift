import AgencyKit
import LifeEvents

/// The rules of halls, attendance and grants by their numbers on the page; what each municipality has by itself is
/// ``LeisureTerms``.
enum AssociationRules {
    static let eligible = DatedRule(
        "club-active-members", "H2",
        "a club is eligible with its main activity there, statutes, a board, a number, a giro, a national body, and members "
            + "of 7 to 20, at least", .count, [.since(2026, 1, 1, 15)], source: "karlstad.se Stödberättigad förening")
    static let check = DatedRule(
        "club-check", "H2", "a club that asks to be registered is checked in", .workingDays, [.since(2026, 1, 1, 5)],
        source: "none", mark: .assumption)
    static let board = DatedRule(
        "club-board-papers", "H3",
        "the board's mandate holds till the next annual meeting; without one bookings stay, grants wait, and new papers "
            + "come within", .days, [.since(2026, 1, 1, 30)], source: "none", mark: .assumption)
    static let atOnce = LegalRule(
        "H4", "a time that is free is confirmed at once", source: "seeds/README.md, 004", mark: .assumption)
    static let conduct = LegalRule(
        "H5",
        "a time is cancelled in time; who does not is warned, then in writing, then shut out; the municipality may take a "
            + "time back; none is handed on", source: "karlstad.se Villkor och regler")
    static let season = LegalRule(
        "H6", "wishes for a season, allocation, answers and the first day have their dates", source: "none",
        mark: .assumption)
    static let access = DatedRule(
        "hall-access", "H7", "a hall is unlocked by code or tag, before the time at most so many minutes", .count,
        [.since(2026, 1, 1, 15)], source: "varberg.se; skovde.se has an hour")
    static let noShow = DatedRule(
        "hall-no-show", "H8", "a time that was not used is one after its end by so many hours", .count,
        [.since(2026, 1, 1, 2)], source: "none", mark: .assumption)
    static let legality = DatedRule(
        "grant-legality", "H9",
        "grant and allocation are reviewed for legality alone, asked for by a member of the municipality within",
        .weeks,
        [.since(2018, 1, 1, 3)], source: "kommunallagen (2017:725) 13 kap. 1, 5 §§; 6 kap. 37 §")
    static let reminder = DatedRule(
        "grant-reminder", "H13", "who has not applied is reminded so many days before the last day", .days,
        [.since(2026, 1, 1, 1)], source: "none", mark: .assumption)
    static let overlap = DatedRule(
        "grant-overlap", "H14",
        "after the last day the Sports Confederation is asked how many participations are in two clubs, for an answer in",
        .days, [.since(2026, 1, 1, 14)], source: "none", mark: .assumption)
    static let rounding = LegalRule(
        "H15", "a grant is rounded down to whole kronor, and paid once per sport and day", source: "kungsbacka.se")
    static let nextOffer = DatedRule(
        "hall-next-offer", "H16", "a time that was left is offered to the next, who answers within", .days,
        [.since(2026, 1, 1, 7)], source: "none", mark: .assumption)
    static let shutOut = DatedRule(
        "hall-shut-out", "H16", "a group that misses a third time is shut out for", .weeks, [.since(2026, 1, 1, 4)],
        source: "none", mark: .assumption)
    static let answerClaim = DatedRule(
        "club-grant-claim-answer", "H16", "a club says what it thinks of a claim back within", .days,
        [.since(2018, 7, 1, 14)], source: "förvaltningslagen (2017:900) 25 §; days assumed", mark: .assumption)
    static let payClaim = DatedRule(
        "club-grant-claim-pay", "H16", "a claim back is paid within", .days, [.since(2026, 1, 1, 30)], source: "none",
        mark: .assumption)
    static let control = DatedRule(
        "club-grant-control", "H14", "a club that is drawn shows its lists within", .days, [.since(2026, 1, 1, 14)],
        source: "5 % of clubs; none", mark: .assumption)
    static let kept = LegalRule(
        "H14", "the lists are kept by the club for 5 years", source: "uddevalla.se")
    static let late = DatedRule(
        "attendance-late", "H16", "an attendance list that is missing is sent in within", .days,
        [.since(2026, 1, 1, 7)], source: "none", mark: .assumption)

    /// In the order of their numbers.
    static let all: [LegalRule] =
        [
            eligible.legal, check.legal, board.legal, atOnce, conduct, season, access.legal, noShow.legal,
            legality.legal,
            reminder.legal, overlap.legal, control.legal, kept, rounding, nextOffer.legal,
            shutOut.legal, answerClaim.legal, payClaim.legal, late.legal,
        ] + LeisureTerms.rules

    /// The ages whose members make a club eligible (H2).
    static let eligibleAges = 7...20
}
