import AgencyKit
import LifeEvents

/// The rules of the state's support for local activities (LOK-stöd), by the numbers of the page.
enum StateGrantRules {
    static let meetings = LegalRule(
        "H10",
        "clubs of the confederation's federations; ages 7 to 25, no top with a disability; at least 3, a leader of 13 or "
            + "older, one activity per sport and weekday, 3 a week at 7 to 9 and 5 at 10 to 25",
        source: "rfsisu.se, svenskidrott.se, svensksegling.se; caps since 2022")
    static let minutes = DatedRule(
        "lok-minutes", "H10", "a meeting takes at least so many minutes", .count,
        [.since(2014, 1, 1, 60), .since(2023, 7, 1, 45)], source: "rfsisu.se; 60 before is likely")
    static let perLeader = DatedRule(
        "lok-participants-a-leader", "H10", "a leader counts for so many participants", .count,
        [.since(2014, 1, 1, 30), .since(2023, 7, 1, 20)], source: "rfsisu.se; 30 before is likely")
    static let leader = DatedRule(
        "lok-leader", "H11", "a meeting with a leader gives", .kronor, [.since(2022, 1, 1, 21)],
        source: "budokampsport.se after RF, 2022; carried to 2026", mark: .assumption)
    static let secondLeader = DatedRule(
        "lok-second-leader", "H11", "with two leaders besides", .kronor, [.since(2022, 1, 1, 5)],
        source: "budokampsport.se after RF, 2022; carried to 2026", mark: .assumption)
    static let participation = DatedRule(
        "lok-participation", "H11", "a participation gives, in öre; what the third of a week gives is not found",
        .count,
        [.since(2022, 1, 1, 786)], source: "budokampsport.se after RF, 2022; carried to 2026", mark: .assumption)
    static let application = LegalRule(
        "H12",
        "chair, treasurer or who else is named applies by 25 August and 25 February; later it may be refused; it is paid "
            + "from the week after to the club's own giro", source: "SISU Sörmland, February 2024; svenskidrott.se")
    static let dates = LegalRule(
        "H14", "support is decided and paid on 10 September, and on 10 March", source: "none", mark: .assumption)
    static let wholeKronor = LegalRule(
        "H15", "support is rounded down to whole kronor", source: "none", mark: .assumption)

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        meetings, minutes.legal, perLeader.legal, leader.legal, secondLeader.legal, participation.legal, application,
        dates, wholeKronor,
    ]

    private static let ages = 7...25
    private static let caps: [MeetingCaps.Cap] = [.init(ages: 7...9, aWeek: 3), .init(ages: 10...25, aWeek: 5)]

    static func lastDay(of period: HalfYear) -> Day {
        (period.isSpring ? YearDay(8, 25) : YearDay(2, 25)).day(in: period.yearAfter)
    }

    static func payday(of period: HalfYear) -> Day {
        (period.isSpring ? YearDay(9, 10) : YearDay(3, 10)).day(in: period.yearAfter)
    }

    /// How many participants of a meeting count; 0 where it gives nothing.
    static func participants(of meeting: ClubMeeting, _ rules: RuleValues) -> Int {
        let leaders = meeting.leaders(aged: 13...150)
        guard meeting.minutes >= rules.value(of: minutes, on: meeting.date), leaders > 0 else { return 0 }
        // Those of other ages who count because of a disability are not told from those who count anyway.
        let counted = min(meeting.participants, meeting.participants(aged: ages) + meeting.noAgeLimit)
        guard counted >= 3 else { return 0 }
        return min(counted, leaders * rules.value(of: perLeader, on: meeting.date))
    }

    /// What the meetings of a half-year give, SEK, rounded down.
    /// - Parameter duplicates: how many participations another club has counted.
    static func amount(_ meetings: [ClubMeeting], duplicates: Int, _ rules: RuleValues) -> Int {
        var (ore, count) = (0, 0)
        for meeting in MeetingCaps.counted(meetings, caps) {
            let participants = participants(of: meeting, rules)
            guard participants > 0 else { continue }
            count += participants
            ore += 100 * rules.value(of: leader, on: meeting.date)
            if meeting.leaderCount > 1 { ore += 100 * rules.value(of: secondLeader, on: meeting.date) }
        }
        guard let last = meetings.last else { return 0 }
        return (ore + max(0, count - duplicates) * rules.value(of: participation, on: last.date)) / 100
    }
}
