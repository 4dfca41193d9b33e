import AgencyKit
import LifeEvents

/// The national norm (riksnorm), SEK a month (A2, A3), and what of it a household gets.
enum AidNorm {
    private static let raised =
        "SFS 2025:468, 12:2; for 2026 raised by 0.8 % to the nearest ten, but what Sundsvall's public code says"
    static let amounts = LegalRule(
        "A2", "the norm of 2025, by the ordinance", source: "SFS 2025:468, 12:2")
    static let alone = DatedRule(
        "aid-norm-alone", "A3", "norm of a person alone, a month", .kronor,
        [.since(2025, 1, 1, 3_910), .since(2026, 1, 1, 3_940)],
        source: "SFS 2025:468, 12:2; case system of Sundsvall, public code, Sept 2026")
    static let couple = DatedRule(
        "aid-norm-couple", "A3", "norm of a couple, a month", .kronor,
        [.since(2025, 1, 1, 7_050), .since(2026, 1, 1, 7_100)],
        source: "SFS 2025:468, 12:2; case system of Sundsvall, public code, Sept 2026")
    static let infant = DatedRule(
        "aid-norm-child-0", "A3", "norm of a child under 1, a month", .kronor,
        [.since(2025, 1, 1, 2_720), .since(2026, 1, 1, 2_740)], source: raised, mark: .assumption)
    static let toddler = DatedRule(
        "aid-norm-child-1", "A3", "norm of a child of 1 or 2, a month", .kronor,
        [.since(2025, 1, 1, 3_030), .since(2026, 1, 1, 3_050)], source: raised, mark: .assumption)
    static let three = DatedRule(
        "aid-norm-child-3", "A3", "norm of a child of 3, a month", .kronor,
        [.since(2025, 1, 1, 2_700), .since(2026, 1, 1, 2_720)], source: raised, mark: .assumption)
    static let four = DatedRule(
        "aid-norm-child-4", "A3", "norm of a child of 4 to 6, a month", .kronor,
        [.since(2025, 1, 1, 3_030), .since(2026, 1, 1, 3_050)], source: raised, mark: .assumption)
    static let seven = DatedRule(
        "aid-norm-child-7", "A3", "norm of a child of 7 to 10, a month", .kronor,
        [.since(2025, 1, 1, 3_790), .since(2026, 1, 1, 3_820)], source: raised, mark: .assumption)
    static let eleven = DatedRule(
        "aid-norm-child-11", "A3", "norm of a child of 11 to 14, a month", .kronor,
        [.since(2025, 1, 1, 4_350), .since(2026, 1, 1, 4_390)], source: raised, mark: .assumption)
    static let fifteen = DatedRule(
        "aid-norm-child-15", "A3", "norm of a child of 15 to 18, a month", .kronor,
        [.since(2025, 1, 1, 4_920), .since(2026, 1, 1, 4_960)], source: raised, mark: .assumption)
    static let nineteen = DatedRule(
        "aid-norm-child-19", "A3", "norm of one of 19 or 20 at school, a month", .kronor,
        [.since(2025, 1, 1, 4_960), .since(2026, 1, 1, 5_000)], source: raised, mark: .assumption)
    static let home1 = DatedRule(
        "aid-norm-home-1", "A3", "common costs of a household of 1, a month", .kronor,
        [.since(2025, 1, 1, 1_270), .since(2026, 1, 1, 1_280)], source: raised, mark: .assumption)
    static let home2 = DatedRule(
        "aid-norm-home-2", "A3", "common costs of a household of 2, a month", .kronor,
        [.since(2025, 1, 1, 1_400), .since(2026, 1, 1, 1_410)], source: raised, mark: .assumption)
    static let home3 = DatedRule(
        "aid-norm-home-3", "A3", "common costs of a household of 3, a month", .kronor,
        [.since(2025, 1, 1, 1_770), .since(2026, 1, 1, 1_780)], source: raised, mark: .assumption)
    static let home4 = DatedRule(
        "aid-norm-home-4", "A3", "common costs of a household of 4, a month", .kronor,
        [.since(2025, 1, 1, 2_010), .since(2026, 1, 1, 2_030)], source: raised, mark: .assumption)
    static let home5 = DatedRule(
        "aid-norm-home-5", "A3", "common costs of a household of 5, a month", .kronor,
        [.since(2025, 1, 1, 2_310), .since(2026, 1, 1, 2_330)], source: raised, mark: .assumption)
    static let home6 = DatedRule(
        "aid-norm-home-6", "A3", "common costs of a household of 6, a month", .kronor,
        [.since(2025, 1, 1, 2_620), .since(2026, 1, 1, 2_640)], source: raised, mark: .assumption)
    static let home7 = DatedRule(
        "aid-norm-home-7", "A3", "common costs of a household of 7, a month", .kronor,
        [.since(2025, 1, 1, 2_810), .since(2026, 1, 1, 2_830)], source: raised, mark: .assumption)
    static let households = [home1, home2, home3, home4, home5, home6, home7]
    static let shared = LegalRule(
        "A4", "an adult who is no cohabitant in a shared home: alone, and the household's cost by its members",
        source: "SFS 2025:468, 12:3")

    static let children = [infant, toddler, three, four, seven, eleven, fifteen, nineteen]
    /// All of them.
    static var all: [LegalRule] {
        [amounts, alone.legal, couple.legal] + children.map(\.legal) + households.map(\.legal) + [shared]
    }
}

extension RuleValues {
    /// The norm of a household, SEK for a month; the row is that of the month's first day.
    /// - Parameter share: of the norm of a child from the fourth on, percent; nil: what the rule says (A16).
    func aidNorm(_ household: AidHousehold, in month: Month, fromFourth share: Int? = nil) -> Int {
        let day = month.firstDay
        let adults = household.adults.count
        // A cohabitant shares the norm of a couple; another adult of the home is a household of its own.
        let own =
            adults >= 2 ? value(of: AidNorm.couple, on: day) : value(of: AidNorm.alone, on: day)
        let ages = household.children.map { age(of: $0.birthDate, on: day) }.sorted(by: >)
        let share = share ?? value(of: AidRules.ceiling, on: day)
        var children = 0
        for (place, age) in ages.enumerated() {
            let whole = value(of: AidNorm.children[Self.row(of: age)], on: day)
            children += place < 3 ? whole : whole * share / 100
        }
        for (child, nights) in household.shared {
            // A child that lives here so many nights of hundred has so much of its norm.
            let whole = value(of: AidNorm.children[Self.row(of: age(of: child.birthDate, on: day))], on: day)
            children -= whole * (100 - nights) / 100
        }
        return own + children + home(household, on: day)
    }

    /// The household's common costs, or its share of a home with other adults (A4).
    private func home(_ household: AidHousehold, on day: Day) -> Int {
        let own = household.adults.count + household.children.count
        let members = own + household.others.count
        let rows = AidNorm.households
        let last = value(of: rows[rows.count - 1], on: day)
        let step = last - value(of: rows[rows.count - 2], on: day)
        let whole =
            members <= rows.count
            ? value(of: rows[max(members, 1) - 1], on: day) : last + step * (members - rows.count)
        return household.others.isEmpty ? whole : (whole * own + members / 2) / members
    }

    private static func row(of age: Int) -> Int {
        switch age {
        case ..<1: 0
        case 1...2: 1
        case 3: 2
        case 4...6: 3
        case 7...10: 4
        case 11...14: 5
        case 15...18: 6
        default: 7
        }
    }

    private func age(of birth: Day, on day: Day) -> Int {
        let years = day.year - birth.year
        return birth.adding(months: 12 * years) > day ? years - 1 : years
    }
}

/// Who lives in a household: adults who apply together, children, and other adults who only share the home.
struct AidHousehold: Codable, Equatable, Sendable {
    var adults: [AidMember]
    var children: [AidMember]
    var others: [AidMember]
    /// Children over 18 who are not at school: a case of their own.
    var grown: [AidMember]
    /// Nights here, percent, of children who live in two homes.
    var nights: [AidNights] = []

    /// Nights of one child.
    struct AidNights: Codable, Equatable, Sendable {
        var child: Subject
        /// Percent.
        var percent: Int
    }

    /// Parts a household as it is in a month.
    init(_ members: [AidMember], in month: Month, nights: [AidNights] = []) {
        func isGrown(_ member: AidMember) -> Bool { member.birthDate.adding(months: 18 * 12) <= month.firstDay }
        adults = members.filter { [.applicant, .spouse, .cohabitant].contains($0.role) }
        children = members.filter { $0.role == .child && (!isGrown($0) || $0.atSchool == true) }
        others = members.filter { $0.role == .other }
        grown = members.filter { $0.role == .child && isGrown($0) && $0.atSchool != true }
        self.nights = nights
    }

    /// The children who live in two homes, with their nights here.
    var shared: [(child: AidMember, nights: Int)] {
        nights.compactMap { nights in
            children.first { $0.person == nights.child }.map { ($0, nights.percent) }
        }
    }
    /// Everybody who counts.
    var members: [Subject] { (adults + children).map(\.person) }
}
