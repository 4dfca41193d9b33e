import AgencyKit
import LifeEvents

/// One meeting of a club (sammankomst), as the attendance tells of it: counts, never who.
struct ClubMeeting: Codable, Equatable, Sendable {
    var bookingId: String
    var date: Day
    var counts: [ParticipantCount]
    /// How many of them count at any age, because of a disability.
    var noAgeLimit: Int
    var leaders: [BandCount]
    var minutes: Int
    /// The event that tells of it.
    var chain: ChainHead

    /// Whether a list says something else of the meeting.
    func differs(from list: AttendanceFiling) -> Bool {
        counts != list.counts || leaders != list.leaders || minutes != list.minutes
            || noAgeLimit != list.noAgeLimit ?? 0
    }

    /// Takes what another list says.
    mutating func take(_ list: AttendanceFiling) {
        (counts, leaders, minutes, noAgeLimit) = (list.counts, list.leaders, list.minutes, list.noAgeLimit ?? 0)
    }

    /// All who took part.
    var participants: Int { counts.reduce(0) { $0 + $1.n } }
    /// All who led it.
    var leaderCount: Int { leaders.reduce(0) { $0 + $1.n } }

    /// How many took part of some ages.
    func participants(aged ages: ClosedRange<Int>) -> Int {
        counts.filter { ages.contains($0.band.ages) }.reduce(0) { $0 + $1.n }
    }

    /// How many leaders of some ages there were.
    func leaders(aged ages: ClosedRange<Int>) -> Int {
        leaders.filter { ages.contains($0.band.ages) }.reduce(0) { $0 + $1.n }
    }
}

extension AgeBand {
    /// The ages in it; it is cut so that each rule's limits are between two.
    var ages: ClosedRange<Int> {
        switch self {
        case .from0: 0...3
        case .from4: 4...6
        case .from7: 7...9
        case .from10: 10...12
        case .from13: 13...15
        case .from16: 16...16
        case .from17: 17...18
        case .from19: 19...20
        case .from21: 21...25
        case .from26: 26...64
        case .from65: 65...150
        }
    }
}

/// The meetings that count where only so many of a week do: which ages of each.
///
/// A rule says how often one child is counted. What travels is counts, so that it is read as: so many meetings a week of
/// one group, which is one booking [A].
enum MeetingCaps {
    /// How many meetings of a week count for some ages.
    struct Cap: Hashable, Sendable {
        let ages: ClosedRange<Int>
        let aWeek: Int
    }

    /// The meetings without the counts that are one too many; those of one day after the first do not count.
    static func counted(_ meetings: [ClubMeeting], _ caps: [Cap]) -> [ClubMeeting] {
        var counted: [ClubMeeting] = []
        for meeting in meetings.sorted(by: { ($0.date, $0.bookingId) < ($1.date, $1.bookingId) }) {
            guard !counted.contains(where: { $0.date == meeting.date }) else { continue }
            let monday = meeting.date.adding(days: 1 - meeting.date.weekday.rawValue)
            let before = counted.filter { $0.bookingId == meeting.bookingId && $0.date >= monday }.count
            var one = meeting
            for cap in caps where before >= cap.aWeek { one.counts.removeAll { cap.ages.contains($0.band.ages) } }
            counted.append(one)
        }
        return counted
    }
}
