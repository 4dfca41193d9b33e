import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// What is paid, stopped, claimed back and given to survivors.
/// rules: D15, D16, D17, D18, D19, D20, D21, D22, D23, D25, D28, D29, D31
@Suite struct PensionsmyndighetenTests {
    let dead = Subject(seed: 1, scenario: "s", case: "c", name: "X")
    let widow = Subject(seed: 1, scenario: "s", case: "c", name: "Y")
    let guardian = Subject(seed: 1, scenario: "s", case: "c", name: "G")

    func day(_ text: String) -> Day { Day(text)! }

    func month(_ text: String) -> Month { Month(of: day("\(text)-01")) }

    func notice(
        _ role: SurvivorRole = .spouse, born: String, since: String? = nil, home: Bool = true, common: Bool = false,
        childrenAtHome: [String] = [], children: Int? = nil, youngest: String? = nil, drew: Bool = false,
        base: Int? = 240_000, widowMonthly: Int? = nil, deadBorn: String? = nil, died: String = "2026-03-03",
        registered: String = "2026-03-05", childBorn: String? = nil
    ) -> SurvivorNotice {
        SurvivorNotice(
            dead: dead, deathDate: day(died), deadBorn: deadBorn.map(day), registeredOn: day(registered),
            deadDrewPension: drew,
            facts: Survivor(
                person: widow, role: role, since: since.map(day), birthDate: day(born), commonChild: common,
                commonChildBorn: childBorn.map(day), sameAddress: home, guardians: role == .child ? [guardian] : nil),
            childrenAtHome: childrenAtHome.map { RegisteredChild(person: guardian, birthDate: day($0)) },
            children: children, youngestBorn: youngest.map(day), survivorBase: base, widowMonthly: widowMonthly)
    }

    func desk(_ now: String = "2026-03-01") -> Harness<Pensionsmyndigheten> {
        Harness(Pensionsmyndigheten(), now: Stockholm.instant(day(now)))
    }

    func death(_ date: String, _ certainty: DeathCertainty = .exact) -> Death {
        Death(
            deathDate: day(date), certainty: certainty, municipality: "1780", hasSpouse: true, hasMinorChildren: false)
    }

    /// A pensioner with an account, from March 2026.
    func pensioner() throws -> Harness<Pensionsmyndigheten> {
        var desk = desk()
        try desk.feed(
            PensionDecision(kind: .oldAge, outcome: .granted, month: month("2010-01"), share: 100), about: dead)
        try desk.feed(
            PensionAccount(
                birthDate: day("1944-02-11"), monthlyPension: 16_500, survivorBase: 240_000, widowMonthly: 2_400),
            about: dead)
        return desk
    }

    // MARK: Rules

    @Test(
        arguments: [
            ("1986-01-01", "2022-01-01", true, [], true),  // 40, four years together
            ("1986-01-01", "2022-01-01", true, ["2020-01-01"], true),
            ("1986-01-01", "2020-01-01", true, [], true),  // six years
            ("1986-01-01", "2020-01-01", false, [], false),  // another address
            ("1960-02-01", "1990-01-01", true, [], true),  // 66 in 2026, limit 67
            ("1959-02-01", "1990-01-01", true, [], false),  // reached 66 in 2025, when it was the limit
            ("1947-10-23", "1971-01-01", true, [], false),
        ] as [(String, String, Bool, [String], Bool)])
    func `D17: adjustment pension to who lived together for five years or has a child, below the age limit`(
        _ born: String, _ since: String, _ home: Bool, _ children: [String], _ isBelow: Bool
    ) {
        let rights = PensionRules.rights(notice(born: born, since: since, home: home, childrenAtHome: children))
        let isLong = day(since).adding(months: 60) <= day("2026-03-03")
        #expect(rights.map(\.kind) == (home && isBelow && (isLong || !children.isEmpty) ? [.adjustment] : []))
    }

    @Test func `D17: a cohabitant needs a common child, D23: else there is nothing`() {
        #expect(PensionRules.rights(notice(.cohabitant, born: "1986-01-01", since: "2010-01-01")).isEmpty)
        let parent = notice(
            .cohabitant, born: "1986-01-01", common: true, childrenAtHome: ["2024-01-01"])
        #expect(PensionRules.rights(parent).map(\.kind) == [.adjustment])
    }

    @Test func `D16 and D18: twelve months from the death, then until the youngest is twelve, below the limit`() throws
    {
        let parent = notice(born: "1986-01-01", since: "2015-01-01", childrenAtHome: ["2024-05-10"])
        let right = try #require(PensionRules.rights(parent).first)
        #expect(right.first == month("2026-03") && right.last == month("2027-02"))
        let later = try #require(PensionRules.laterRight(of: parent, after: month("2027-02")))
        #expect(later.kind == .adjustmentExtended && later.first == month("2027-03") && later.last == month("2036-05"))
        let old = notice(born: "1986-01-01", since: "2015-01-01", childrenAtHome: ["2010-05-10"])
        #expect(PensionRules.laterRight(of: old, after: month("2027-02"))?.last == month("2028-02"))
        let none = notice(born: "1986-01-01", since: "2015-01-01")
        #expect(PensionRules.laterRight(of: none, after: month("2027-02")) == nil)
        let nearly = notice(born: "1959-08-01", since: "1990-01-01", died: "2025-05-03", registered: "2025-05-05")
        #expect(PensionRules.rights(nearly).first?.last == month("2025-07"))
    }

    @Test func `D16: the month after where the dead drew a pension, and known late three months back`() {
        #expect(
            PensionRules.rights(notice(born: "1986-01-01", since: "2015-01-01", drew: true)).first?.first
                == month("2026-04"))
        let late = notice(born: "1986-01-01", since: "2015-01-01", registered: "2026-08-20")
        #expect(PensionRules.rights(late).first?.first == month("2026-05"))
        let child = notice(.child, born: "2020-01-01", registered: "2026-08-20")
        #expect(PensionRules.rights(child).first?.first == month("2026-03"))
    }

    @Test(arguments: [(240_000, 11_000), (0, 10_508)])
    func `D19: 55 percent of the base, filled up to the guarantee`(_ base: Int, _ monthly: Int) {
        #expect(
            PensionRules.rights(notice(born: "1986-01-01", since: "2015-01-01", base: base)).first?.monthly == monthly)
    }

    @Test func `D20 and D21: a child's share of the base, filled up by the support`() {
        func amounts(_ children: Int, _ youngest: String, _ base: Int) -> [Int] {
            PensionRules.rights(
                notice(.child, born: "2012-01-01", children: children, youngest: youngest, base: base)
            ).map(\.monthly)
        }
        #expect(amounts(1, "2024-01-01", 240_000) == [7_000])
        #expect(amounts(2, "2024-01-01", 240_000) == [6_000])
        #expect(amounts(2, "2012-01-01", 240_000) == [5_000])
        #expect(amounts(1, "2024-01-01", 0) == [1_973])
        #expect(amounts(1, "2024-01-01", 48_000) == [1_400, 573])
    }

    @Test func `D20: the share is lower from the month after the youngest is twelve, and the support fills up more`() {
        let rights = PensionRules.rights(notice(.child, born: "2014-06-11", children: 1, youngest: "2014-06-11"))
        #expect(rights.map(\.monthly) == [7_000] && rights.first?.first == month("2026-03"))
        #expect(rights.first?.steps == [.init(from: month("2026-07"), monthly: 6_000)])
        let poor = PensionRules.rights(
            notice(.child, born: "2014-06-11", children: 1, youngest: "2014-06-11", base: 60_000))
        #expect(poor.map(\.monthly) == [1_750, 223])
        #expect(poor.last?.steps == [.init(from: month("2026-07"), monthly: 473)])
        // No support is needed until the share is lower.
        let between = PensionRules.rights(
            notice(.child, born: "2014-06-11", children: 1, youngest: "2014-06-11", base: 72_000))
        #expect(between.map(\.monthly) == [2_100, 173] && between.last?.first == month("2026-07"))
        let other = PensionRules.rights(notice(.child, born: "2014-03-02", children: 1, youngest: "2014-03-02"))
        #expect(other.first?.steps == [.init(from: month("2026-04"), monthly: 6_000)])
    }

    @Test func `D20 and D21: after both parents a child has as much of each, and twice the support in all`() {
        func amounts(_ own: Int, _ other: Int) -> [Int] {
            PensionRules.rights(
                notice(.child, born: "2012-01-01", children: 2, youngest: "2024-01-01", base: own),
                beside: notice(.child, born: "2012-01-01", children: 2, youngest: "2024-01-01", base: other)
            ).map(\.monthly)
        }
        #expect(amounts(240_000, 300_000) == [7_000] && amounts(300_000, 240_000) == [8_750])
        #expect(amounts(48_000, 48_000) == [1_400, 573])
        // What one parent's pension is above, the other's support is below.
        #expect(amounts(48_000, 72_000) == [1_400, 446] && amounts(72_000, 48_000) == [2_100])
        #expect(amounts(0, 0) == [1_973])
    }

    @Test func `D16: a child is paid two years back, and the support a month`() {
        let late = notice(
            .child, born: "2012-01-01", children: 1, youngest: "2012-01-01", base: 48_000, died: "2023-02-03",
            registered: "2026-03-05")
        #expect(PensionRules.rights(late).map(\.first) == [month("2024-03"), month("2026-02")])
        let grown = notice(
            .child, born: "2008-01-11", children: 1, youngest: "2008-01-11", base: 48_000, died: "2025-02-03",
            registered: "2026-03-05")
        #expect(PensionRules.rights(grown).map(\.kind) == [.child])
    }

    @Test(
        arguments: [
            ("1947-10-23", "1971-08-14", nil, true), ("1947-10-23", "1986-08-14", nil, false),
            ("1947-10-23", "1986-08-14", "1985-02-01", true), ("1947-10-23", "1986-08-14", "1989-12-31", true),
            ("1947-10-23", "1986-08-14", "1990-01-01", false), ("1947-10-23", "1991-08-14", "1985-02-01", false),
            ("1944-10-23", "1986-08-14", nil, true),
        ] as [(String, String, String?, Bool)])
    func `D22: widow's pension to who was married at the end of 1989, for five years or with a common child then`(
        _ born: String, _ since: String, _ childBorn: String?, _ isWidow: Bool
    ) {
        let rights = PensionRules.rights(
            notice(
                born: born, since: since, common: childBorn != nil, drew: true, widowMonthly: 2_400,
                deadBorn: "1944-02-11", childBorn: childBorn))
        #expect(rights.map(\.kind) == (isWidow ? [.widow] : []))
    }

    @Test(arguments: [
        ("2026-03", "2026-03-18"), ("2026-10", "2026-10-19"), ("2026-12", "2026-12-18"), ("2025-04", "2025-04-17"),
    ])
    func `D28: the 18th of who was born early in the month, moved from weekends and red days`(
        _ text: String, _ payday: String
    ) {
        #expect(PensionRules.payday(of: month(text), born: day("1944-02-11")) == day(payday))
    }

    @Test func `D28: the 19th of who was born late, and before Midsummer Eve`() {
        let born = day("1947-10-23")
        #expect(PensionRules.payday(of: month("2026-04"), born: born) == day("2026-04-20"))
        #expect(PensionRules.payday(of: month("2026-06"), born: born) == day("2026-06-18"))
    }

    @Test func `D17: with another guide age who is 66 has no right, or has one`() {
        let survivor = notice(born: "1960-02-01", since: "1990-01-01")
        #expect(PensionRules.rights(survivor, RuleValues(["guide-age": 66])).isEmpty)
        #expect(PensionRules.rights(survivor, RuleValues(["guide-age": 67])).map(\.kind) == [.adjustment])
    }

    // MARK: Cases

    @Test func `D15: the pension of the dead is paid for the whole month of death`() throws {
        var desk = try pensioner()
        try desk.advance(to: Stockholm.instant(day("2026-03-05"), hour: 8))
        try desk.feed(death("2026-03-03"), about: dead)
        #expect(try desk.published(PensionDecision.self).last?.data.month == month("2026-03"))
        #expect(try desk.published(SurvivorsNeed.self).last?.purpose == Purpose(known: "survivors-pension"))
        try desk.advance(to: Stockholm.instant(day("2026-12-01")))
        #expect(try desk.published(PensionPayment.self).map(\.data.paidOn) == [day("2026-03-18")])
    }

    @Test(arguments: [(DeathCertainty.found, RecoveryState.waived), (.exact, .decided)])
    func `D25: what was paid too long is claimed back, or waived where nobody could know`(
        _ certainty: DeathCertainty, _ outcome: RecoveryState
    ) throws {
        var desk = try pensioner()
        try desk.advance(to: Stockholm.instant(day("2026-06-20"), hour: 8))
        try desk.feed(death("2026-03-03", certainty), about: dead)
        let considered = try #require(try desk.published(PensionRecovery.self).last)
        #expect(considered.data.state == .considered && considered.data.amount == 49_500)
        #expect(considered.data.from == month("2026-04") && considered.data.to == month("2026-06"))
        let need = try #require(try desk.published(SurvivorsNeed.self).last)
        try desk.feed(
            SurvivorsAnswer(
                caseRef: need.data.caseRef, asker: AgencyID(.pensionsmyndigheten), status: .answered,
                persons: [
                    Survivor(
                        person: widow, role: .spouse, since: day("1971-08-14"), birthDate: day("1947-10-23"),
                        commonChild: false, sameAddress: true)
                ]), about: dead, from: AgencyID(.skatteverket))
        let stranger = PensionStatement(filedBy: guardian, caseRef: "r", agrees: false)
        #expect(
            try desk.feed(stranger, about: dead).map(\.outcome).contains(.notWhole(["is filed by one who survives"])))
        try desk.feed(PensionStatement(filedBy: widow, caseRef: "r", agrees: false), about: dead)
        #expect(try desk.published(PensionRecovery.self).last?.data.state == outcome)
    }

    @Test func `D29: an annulled death gives the pension back, and pays what was kept in two working days`() throws {
        var desk = try pensioner()
        try desk.advance(to: Stockholm.instant(day("2026-03-05"), hour: 8))
        let id = EventID.custom(hash: (2, 2))
        try desk.feed(death("2026-03-03"), about: dead, id: id)
        try desk.advance(to: Stockholm.instant(day("2026-05-20"), hour: 8))
        try desk.feed(Annulled<Death>(reasonCode: "error"), about: dead, change: .annulled, previous: id)
        try desk.advance(to: Stockholm.instant(day("2026-05-30")))
        let owed = try #require(try desk.published(PensionPayment.self).last)
        #expect(owed.data.from == month("2026-04") && owed.data.to == month("2026-05"))
        #expect(owed.data.amount == 33_000 && owed.data.paidOn == day("2026-05-22"))
        #expect(try desk.published(Annulled<PensionDecision>.self).count == 1)
        #expect(try desk.tiles().last?.data.code == .corrected)
        try desk.feed(death("2026-06-01"), about: dead)
        #expect(try desk.published(PensionDecision.self).last?.change == .ceased)
    }

    @Test func `a survivor without a right hears nothing, and an application is refused with the reason (D31)`() throws
    {
        var desk = desk("2026-03-05")
        try desk.feed(notice(born: "1950-10-23", since: "1995-01-01"), about: widow)
        try desk.advance(to: Stockholm.instant(day("2026-04-01")))
        #expect(desk.messages.isEmpty)
        try desk.feed(PensionApplication(filedBy: widow, kind: .survivor, month: month("2026-04")), about: widow)
        #expect(try desk.published(PensionDecision.self).last?.data.outcome == .rejected)
        #expect(
            try desk.tiles().last?.data.text
                == "Avslag: omställningspension betalas bara till den som inte har nått riktåldern för pension. Begär "
                + "omprövning senast den 1 juni 2026")
    }

    @Test func `the dead get no pension by applying, also where nothing is open`() throws {
        var desk = desk("2026-03-05")
        try desk.feed(death("2026-03-03"), about: dead)
        for kind in [PensionKind.survivor, .oldAge] {
            let reports = try desk.feed(
                PensionApplication(filedBy: dead, kind: kind, month: month("2026-04")), about: dead)
            #expect(
                reports.map(\.outcome).filter { if case .notMine = $0 { false } else { true } }
                    == [.notWhole(["is for one who is alive"])])
        }
        #expect(try desk.published(PensionDecision.self).isEmpty)
    }

    @Test func `a child's pension is paid to its guardian, and saved while there is none`() throws {
        var desk = desk("2026-03-05")
        let custody = EventID.custom(hash: (7, 7))
        let relation = FamilyRelation(
            holder: guardian, kind: .custody, from: day("2020-01-01"), municipality: "1780", concerns: nil)
        try desk.feed(notice(.child, born: "2020-01-01", children: 1, youngest: "2020-01-01"), about: widow)
        try desk.feed(relation, about: widow, id: custody)
        try desk.advance(to: Stockholm.instant(day("2026-04-01")))
        #expect(try desk.published(PensionPayment.self).map(\.data.payee) == [guardian])
        try desk.feed(relation, about: widow, id: .custom(hash: (7, 8)), change: .ceased, previous: custody)
        try desk.advance(to: Stockholm.instant(day("2026-06-01")))
        #expect(try desk.published(PensionPayment.self).count == 1)
        try desk.feed(
            FamilyRelation(holder: dead, kind: .custody, from: day("2026-06-01"), municipality: "1780", concerns: nil),
            about: widow,
            id: .custom(hash: (7, 9)))
        try desk.advance(to: Stockholm.instant(day("2026-07-01")))
        let saved = try #require(try desk.published(PensionPayment.self).last?.data)
        #expect(saved.payee == dead && saved.amount == 21_000 && saved.from == month("2026-04"))
    }
}
