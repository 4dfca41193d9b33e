public import AgencyKit
public import LifeEvents

/// Skatteverket's taxation (beskattning): the tax return of an estate, which municipality gets the tax after a move, and
/// the tax registration of businesses.
public struct SkatteverketTaxation: Agency {
    /// What is remembered of one person or business.
    public typealias Case = TaxationCase

    /// What the branch waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// An application of a business is decided.
        case registration = "tax-registration"
        /// A referral of a serving permit is answered.
        case serving
        /// A club's number is given, or its papers have not come.
        case club = "organisation-number"
    }

    /// Whose topics it writes.
    public static let owner = Owner.skatteverket
    /// The branch.
    public static var branch: Branch? { taxation }
    static let taxation = Branch("beskattning")

    /// What it publishes.
    public static let publications = [
        Publication(StatusTile.self, as: taxation), Publication(CapitalAnswer.self, as: taxation),
        Publication(TaxRegistration.self, as: taxation), Publication(TaxArrears.self, as: taxation),
        Publication(BuildUpQuery.self, as: taxation), Publication(BuildUpAnswer.self, as: taxation),
        Publication(TaxAidIncome.self, as: taxation), Publication(IncomeAccount.self, as: taxation),
        Publication(TaxIncomeAnswer.self, as: taxation),
        Publication(MonthlyIncome.self, as: taxation), Publication(OrganisationNumberNotice.self, as: taxation),
        Publication(TaxPermitAnswer.self, as: taxation), Publication(PensionIncome.self, as: taxation),
    ]

    /// What it goes by.
    public static let rules: [LegalRule] =
        [TaxationRules.returns, MoveRules.tax, SupplementRules.asks, GodManConsumer.knows, AidSources.list]
        + BusinessRules.all + EmployerRules.all
        + [SicknessRules.incomeFrame.legal, ServingRules.taxAnswers.legal, ServingRules.telling]
        + ClubRules.all

    /// The branch.
    public init() {}

    /// What it hears: who the partners are, and what they file.
    public var rivers: [River<Self>] {
        [
            River(
                "ask an estate for a tax return", hears: EstateInventory.self, handle: Self.follow),
            River(
                "ask no tax return of an estate that is none", hears: Annulled<EstateInventory>.self,
                mine: [
                    Condition("is what told us of the estate") { state, event in event.annuls(state.estate) }
                ], handle: Self.close),
            River(
                "take an estate's tax return", hears: TaxReturnFiling.self,
                mine: [
                    Condition("is of one who is dead") { state, _ in state.dueYear != nil }
                ],
                whole: [
                    Condition("is filed by an estate partner") { state, event in
                        state.actors.contains(event.data.filedBy)
                    },
                    Condition("is of the income year that is due") { state, event in
                        event.data.incomeYear == state.dueYear
                    },
                ], handle: Self.takeReturn),
            River(
                "keep that somebody has filed a return", hears: TaxReturnFiling.self, under: [TaxationRules.returns],
                mine: [
                    Condition("is of one who lives, and filed for oneself") { state, event in
                        state.dueYear == nil && event.data.filedBy == event.subject
                    }
                ],
                handle: { state, event, _ in state.filed.append(event.data.incomeYear) }),
            River(
                "know when somebody died", hears: Death.self, under: [TaxationRules.returns],
                handle: { state, event, _ in try state.death.take(event, event.data.deathDate) }),
            River(
                "know that nobody died", hears: Annulled<Death>.self,
                handle: { state, event, _ in try state.death.take(event) }),
        ] + moves + capital + businesses + buildUp + financialAid + incomes + serving + clubs
            + GodManConsumer.rivers(
                // The register's branch tells the representative, once for both.
                Self.self, as: Self.taxation, "Skatteverket", for: [.manageProperty], tells: false, of: "taxpayer")
    }

    /// An application has been handled, or a referral is answered.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .registration: try Self.decideRegistration(&state, &effects)
        case .club: try Self.decideClub(&state, &effects)
        case .serving: try ServingReferrals.answer(TaxPermitAnswer.self, &state.serving, &effects)
        }
    }

    private var serving: [River<Self>] {
        ServingReferrals.rivers(Self.self, TaxPermitAnswer.self, within: ServingRules.taxAnswers, timer: .serving)
            + [ServingReferrals.copy(Self.self, "know who may serve alcohol", under: ServingRules.telling)]
    }

    private static func follow(
        _ state: inout Case, _ event: Event<EstateInventory>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.actors
        state.actors = event.data.orderTo ?? event.data.holders
        if event.data.state == .due, event.isNew, state.dueYear == nil {
            state.estate.adopt(event)
            let died = state.death.head?.value ?? effects.today
            // What the dead had filed is filed.
            let years = TaxationRules.dueYear(on: died)...TaxationRules.dueYear(on: effects.today)
            state.dueYear = years.first { !state.filed.contains($0) } ?? years.upperBound + 1
            return try tellDue(state, to: state.actors, &effects)
        }
        // Who acts later is asked as the others were, and who does not act any more is not.
        try tellDue(state, to: state.actors.filter { !former.contains($0) }, &effects)
        for gone in former where !state.actors.contains(gone) {
            try effects.set(
                Tile(
                    .taxReturn, .corrected, "Rättat: du företräder inte dödsboet och ska inte deklarera åt det",
                    about: effects.subject), for: gone)
        }
    }

    /// What the estate is to file next.
    private static func tellDue(_ state: Case, to actors: [Subject], _ effects: inout Effects<Timer>) throws {
        guard let year = state.dueYear else { return }
        let lastDay = TaxationRules.lastDay(of: year)
        let day = SwedishText.day(lastDay)
        let text =
            lastDay < effects.today
            ? "Dödsboet ska deklarera för \(year). Sista dagen var den \(day): deklarera så snart du kan, annars kan "
                + "dödsboet få betala förseningsavgift"
            : "Dödsboet ska deklarera för \(year) senast den \(day). Annars kan det få betala förseningsavgift"
        for actor in actors {
            try effects.set(
                Tile(.taxReturn, .awaitingCitizen, text, about: effects.subject, deadline: lastDay), for: actor)
        }
    }

    private static func close(
        _ state: inout Case, _ event: Event<Annulled<EstateInventory>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.estate.take(event)
        for actor in state.actors {
            try effects.set(
                Tile(
                    .taxReturn, .corrected,
                    "Det var fel: dödsfallet har inte inträffat. Du ska inte deklarera åt någon annan",
                    about: effects.subject), for: actor)
        }
        let (places, business, filed, death) = (state.places, state.business, state.filed, state.death)
        state = Case()
        (state.places, state.business, state.filed, state.death) = (places, business, filed, death)
    }

    private static func takeReturn(
        _ state: inout Case, _ event: Event<TaxReturnFiling>, _ effects: inout Effects<Timer>
    ) throws {
        let year = event.data.incomeYear
        state.filed.append(year)
        state.dueYear = year + 1
        guard TaxationRules.lastDay(of: year + 1) >= effects.today else {
            return try tellDue(state, to: state.actors, &effects)
        }
        let day = SwedishText.day(TaxationRules.lastDay(of: year + 1))
        for actor in state.actors {
            try effects.set(
                Tile(
                    .taxReturn, .ongoing,
                    "Deklarationen för \(year) har kommit in. Nästa är för \(year + 1), senast den \(day)",
                    about: effects.subject, next: TaxationRules.lastDay(of: year + 1)), for: actor)
        }
    }
}

/// What taxation remembers of one person or business.
public struct TaxationCase: AgencyCase {
    /// The event that told of the estate.
    var estate = ChainHead()
    /// Who may file for the estate.
    var actors: [Subject] = []
    /// The income year whose return is due next; nil: no estate.
    var dueYear: Int?
    /// Income years whose return has come.
    var filed: [Int] = []
    @Part var death: FactChain<Day>
    /// Where the person was registered, in the order of the days.
    var places: [Place] = []
    /// Wages, as employers have declared them.
    var wages: [DeclaredWage] = []
    /// Months of which a fund has asked and nobody has declared anything.
    var lacked: [Lack] = []
    /// Who acts for the taxpayer.
    @Part var godMan: KnownGodMan
    /// Of a business.
    @Part var business: Business
    @Part var serving: KnownServing
    /// Of a non-profit club.
    @Part var club: Club

    /// A month that a fund lacks.
    struct Lack: Codable, Equatable, Sendable {
        var month: Month
        var asker: AgencyID
    }

    /// A person of whom nothing is known.
    public init() {}
}

extension TaxationCase: KnowsGodMan {}
extension TaxationCase: KnowsServing {}

/// When tax returns are due.
enum TaxationRules {
    /// The estate files for the dead.
    static let returns = LegalRule(
        "D27", "an estate files the return of an income year by the 2nd of May after it, or the next weekday",
        source: "skatteförfarandelagen 32 kap. 2 §; skatteverket.se")
    /// Day and month of the year after the income year (D27, skatteförfarandelagen 32 kap. 2 §).
    static let lastDay = (month: 5, day: 2)

    /// The last day to file the return of an income year; on a weekend the next weekday.
    static func lastDay(of incomeYear: Int) -> Day {
        let day = Day(year: incomeYear + 1, month: lastDay.month, dayOfMonth: lastDay.day) ?? .latest
        return SwedishCalendar.lastDayMoved(day)
    }

    /// The income year whose return is due next on a day.
    static func dueYear(on day: Day) -> Int { lastDay(of: day.year - 1) >= day ? day.year - 1 : day.year }
}
