import AgencyKit
import LifeEvents

/// How one municipality lets its halls and pays its clubs: a row of configuration of the one adapter that plays all 290.
struct LeisureTerms: Sendable {
    /// What follows where a time was neither used nor cancelled.
    enum NoShow: Equatable, Sendable {
        /// A warning, one in writing, then the group is shut out (H5).
        case warn
        /// The time is billed in full.
        case bill
    }

    /// What decides between two wishes for one time, in this order; then the lot.
    enum Priority: Sendable {
        case youth, federation, lastSeason
    }

    /// The dates of a season.
    struct Season: Sendable {
        var wishesBy = YearDay(4, 15)
        var allocated = YearDay(5, 15)
        var confirmBy = YearDay(6, 1)
        var from = YearDay(8, 24)
    }

    /// The municipality's code; the row without one is for those of which nothing is known.
    let code: String
    var cancelDays = 3
    var noShow = NoShow.warn
    var season = Season()
    var priority: [Priority] = [.youth, .federation, .lastSeason]
    /// From when adults are offered another time, where theirs went to children [A].
    var adultsFrom = "20:00"
    var grant = GrantTerms()

    /// A row of a municipality; those that have none go by Karlstad's [A].
    static func of(_ code: String) -> LeisureTerms { rows.first { $0.code == code } ?? karlstad }

    /// The row of a municipality that acts.
    static func of<Timer>(_ effects: Effects<Timer>) -> LeisureTerms { of(effects.municipality) }

    private static let to20 = GrantTerms.Rate(ages: 7...20, ore: 700)
    private static let winter = (spring: YearDay(8, 15), autumn: YearDay(2, 15))

    static let karlstad = LeisureTerms(code: "1780", grant: GrantTerms(rates: [to20]))

    /// Tables A and B of the page; each with its source in ``rules``.
    static let rows: [LeisureTerms] = [
        karlstad,
        LeisureTerms(
            code: "1384",
            grant: GrantTerms(
                rates: [to20], countedLeaders: 13...20, most: 30,
                caps: [.init(ages: 7...9, aWeek: 3), .init(ages: 10...20, aWeek: 5)])),
        LeisureTerms(
            code: "1381",
            grant: GrantTerms(
                rates: [
                    .init(ages: 7...12, ore: 700), .init(ages: 13...18, ore: 1_100), .init(ages: 19...25, ore: 700),
                ],
                ages: [7...25], leaderFrom: 13)),
        LeisureTerms(
            code: "1280",
            grant: GrantTerms(
                rates: [.init(ages: 4...25, ore: 480), .init(ages: 65...150, ore: 480)], girlsOre: 50,
                ages: [4...25, 65...150], least: 5)),
        LeisureTerms(
            code: "1485",
            grant: GrantTerms(
                rates: [.init(ages: 7...12, ore: 500), .init(ages: 13...16, ore: 800), .init(ages: 17...20, ore: 600)],
                girlsOre: 300, floor: 400)),
        LeisureTerms(
            code: "1904",
            grant: GrantTerms(
                rates: [.init(ages: 0...15, ore: 400), .init(ages: 16...20, ore: 300)],
                meetings: [.init(participants: 5, kronor: 30), .init(participants: 16, kronor: 50)], ages: [0...20],
                least: 5, minutes: 0, lastDays: winter, decided: (YearDay(9, 1), YearDay(3, 1)),
                paid: (YearDay(9, 15), YearDay(3, 15)))),
        LeisureTerms(
            code: "1284",
            grant: GrantTerms(meetings: [.init(participants: 10, kronor: 90)], ages: [7...25], least: 10, minutes: 0)),
        LeisureTerms(
            code: "0781", grant: GrantTerms(meetings: [.init(participants: 3, kronor: 40)], ages: [7...25])),
        LeisureTerms(
            code: "2409", grant: GrantTerms(meetings: [.init(participants: 5, kronor: 30)], least: 5, leaderFrom: 13)),
        LeisureTerms(
            code: "1465",
            grant: GrantTerms(
                meetings: [.init(participants: 5, kronor: 25)], least: 5, leaderFrom: 13, lastDays: winter)),
        LeisureTerms(
            code: "1290",
            grant: GrantTerms(
                rates: [to20], most: 30, leaderFrom: 13, leastParticipations: 100, lastDays: winter)),
        LeisureTerms(code: "2180", priority: [.youth]),
        LeisureTerms(code: "1261", cancelDays: 14, priority: [.federation, .youth]),
        LeisureTerms(
            code: "0183",
            season: Season(wishesBy: YearDay(5, 15), allocated: YearDay(6, 15), confirmBy: YearDay(6, 30))),
        LeisureTerms(
            code: "0120",
            season: Season(wishesBy: YearDay(2, 28), allocated: YearDay(3, 31), confirmBy: YearDay(4, 30))),
        LeisureTerms(code: "0583", cancelDays: 7),
        LeisureTerms(code: "2182", cancelDays: 1, noShow: .bill),
    ]
}

extension LeisureTerms {
    /// What each row rests on.
    static let rules: [LegalRule] = [
        LegalRule(
            "H13",
            "Karlstad pays by participations of 7 to 20 of at least 3 in 60 minutes, as Kungsbacka does: 7 kr, by 25 August",
            source: "karlstad.se says that there is such a grant, not how much", mark: .assumption),
        LegalRule(
            "HA1", "Kungsbacka: 7 kr a participation of 7 to 20, leaders of 13 to 20 among them, 3 to 30 in 60 minutes",
            source: "kungsbacka.se"),
        LegalRule(
            "HA2", "Laholm: 7 kr a participation of 7 to 12 and 19 to 25, 11 kr of 13 to 18, with a leader",
            source: "laholm.fri-go.se, 2024"),
        LegalRule(
            "HA3", "Malmö: 4.80 kr a participation of 4 to 25 and from 65, girls 5.30, at least 5, once a day",
            source: "malmo.se, 2020"),
        LegalRule(
            "HA4", "Uddevalla: 5, 8 and 6 kr from 7, 13 and 17 on, girls 3 more; under 400 kr is not paid",
            source: "uddevalla.se"),
        LegalRule(
            "HA5", "Skinnskatteberg: 4 kr to 15, 3 to 20, and 30 kr a meeting of 5 to 15, 50 of more",
            source: "skinnskatteberg.se"),
        LegalRule("HA6", "Höganäs: 90 kr a meeting with 10 members of 7 to 25", source: "svenskalag.se"),
        LegalRule("HA7", "Ljungby: 40 kr a meeting of 3 in 60 minutes, one a day", source: "ljungby.se"),
        LegalRule("HA8", "Robertsfors: 30 kr a meeting of 5 with a leader", source: "robertsfors.se, 2016"),
        LegalRule(
            "HA9",
            "Svenljunga: 25 kr a meeting of 5 with a leader, and a share at the year's end that is not known before",
            source: "svenljunga.se, 2018"),
        LegalRule(
            "HA10", "Kristianstad: by participations, at least 100 in a half-year; the rate is not found, here 7 kr",
            source: "kristianstad.se; the rate none", mark: .assumption),
        LegalRule("HB1", "Gävle: youth of 7 to 20 before adults", source: "gavle.se"),
        LegalRule(
            "HB2", "Kävlinge: the Sports Confederation's youth first; a single time is cancelled 14 days before",
            source: "kavlinge.se"),
        LegalRule("HB3", "Sundbyberg: apply by 15 May, told on 15 June", source: "sundbyberg.se"),
        LegalRule(
            "HB4", "Värmdö: wishes by 28 February, a plan on 31 March, comments by 30 April", source: "varmdo.se"),
        LegalRule("HB5", "Motala: a time is cancelled 7 days before", source: "motala.se"),
        LegalRule(
            "HB6", "Söderhamn: a time is cancelled the day before, and one that is not used is billed in full",
            source: "soderhamn.se"),
    ]
}
