import LifeEvents

/// How a municipality reckons its grant for activities: a row of configuration, from counts alone.
struct GrantTerms: Sendable {
    /// What is paid for a participation of some ages.
    struct Rate: Sendable {
        let ages: ClosedRange<Int>
        /// Hundredths of a krona.
        let ore: Int
    }

    /// What is paid for a meeting with so many participants or more.
    struct MeetingRate: Sendable {
        let participants: Int
        let kronor: Int
    }

    var rates: [Rate] = []
    /// What is paid for a girl's participation besides.
    var girlsOre = 0
    var meetings: [MeetingRate] = []
    /// Who counts at all.
    var ages: [ClosedRange<Int>] = [7...20]
    /// Leaders of these ages count as participants; nil: none.
    var countedLeaders: ClosedRange<Int>?
    var least = 3
    /// The most participants of a meeting that count; nil: all.
    var most: Int?
    var minutes = 60
    /// The youngest leader that a meeting needs; nil: it needs none.
    var leaderFrom: Int?
    var caps: [MeetingCaps.Cap] = []
    /// A sum below this is not paid, SEK.
    var floor = 0
    /// Fewer participations than this in a half-year give nothing.
    var leastParticipations = 0
    /// The last days to apply, of spring and autumn; the autumn's is in the year after.
    var lastDays = (spring: YearDay(8, 25), autumn: YearDay(2, 25))
    /// When it is decided, and paid [A].
    var decided = (spring: YearDay(10, 1), autumn: YearDay(4, 1))
    var paid = (spring: YearDay(10, 15), autumn: YearDay(4, 15))

    /// What a half-year comes to.
    struct Sum: Equatable {
        /// SEK, rounded down.
        var amount: Int
        /// How many participations count.
        var participations: Int
    }

    func lastDay(of period: HalfYear) -> Day {
        (period.isSpring ? lastDays.spring : lastDays.autumn).day(in: period.yearAfter)
    }

    func decisionDay(of period: HalfYear) -> Day {
        (period.isSpring ? decided.spring : decided.autumn).day(in: period.yearAfter)
    }

    func payday(of period: HalfYear) -> Day {
        (period.isSpring ? paid.spring : paid.autumn).day(in: period.yearAfter)
    }

    /// How many participants of a meeting count; 0 where it gives nothing.
    func participants(of meeting: ClubMeeting) -> Int { counted(meeting).reduce(0) { $0 + $1.n } }

    /// What the meetings of a half-year give.
    /// - Parameter duplicates: how many participations are counted in another club. Which they are nobody tells, so that
    ///   each takes away the mean of a participation [A].
    func sum(_ all: [ClubMeeting], duplicates: Int = 0) -> Sum {
        var (ore, kronor, count) = (0, 0, 0)
        for meeting in MeetingCaps.counted(all, caps) {
            let participants = counted(meeting)
            let number = participants.reduce(0) { $0 + $1.n }
            guard number > 0 else { continue }
            count += number
            for one in participants { ore += one.n * self.ore(of: one) }
            kronor += meetings.last { $0.participants <= number }?.kronor ?? 0
        }
        guard count >= leastParticipations, count > 0 else { return Sum(amount: 0, participations: count) }
        let left = max(0, count - duplicates)
        let amount = (ore * left / count + kronor * 100) / 100
        return Sum(amount: amount < floor ? 0 : amount, participations: left)
    }

    private func ore(of one: ParticipantCount) -> Int {
        (rates.first { $0.ages.contains(one.band.ages) }?.ore ?? 0) + (one.sex == .girls ? girlsOre : 0)
    }

    /// Those of a meeting who count; nobody where it is too small, too short or without a leader.
    private func counted(_ meeting: ClubMeeting) -> [ParticipantCount] {
        guard meeting.minutes >= minutes, leaderFrom.map({ meeting.leaders(aged: $0...150) > 0 }) ?? true else {
            return []
        }
        var counted = meeting.counts.filter { one in ages.contains { $0.contains(one.band.ages) } }
        for leader in meeting.leaders where countedLeaders?.contains(leader.band.ages) == true {
            counted.append(ParticipantCount(band: leader.band, sex: .boys, n: leader.n))
        }
        guard counted.reduce(0, { $0 + $1.n }) >= least else { return [] }
        return Self.cut(counted, to: most)
    }

    /// At most so many, in their order.
    static func cut(_ counts: [ParticipantCount], to most: Int?) -> [ParticipantCount] {
        guard let most else { return counts }
        var left = most
        return counts.compactMap { one in
            let n = min(one.n, left)
            left -= n
            return n > 0 ? ParticipantCount(band: one.band, sex: one.sex, n: n) : nil
        }
    }
}
