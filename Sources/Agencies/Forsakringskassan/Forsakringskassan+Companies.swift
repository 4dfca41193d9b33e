import AgencyKit
import LifeEvents

/// The rules of sickness income (SGI) of who has started a company.
enum BuildUpRules {
    static let months = DatedRule(
        "build-up", "C12", "the build-up stage of a business, from the month of the notice to the Tax Agency, lasts",
        .months, [.since(2018, 1, 1, 36)], source: "SFB 25:3, 7 a, 9")
    static let floor = DatedRule(
        "build-up-floor", "C12", "sickness income is at least (24 % of a price base amount), a year", .kronor,
        [.since(2025, 1, 1, 14_112), .since(2026, 1, 1, 14_208)], source: "SFB 25:3; SFS 2025:872")
    static let cap = DatedRule(
        "build-up-cap", "C12", "sickness income is at most (10 price base amounts), a year", .kronor,
        [.since(2025, 1, 1, 588_000), .since(2026, 1, 1, 592_000)], source: "SFB 25:5; SFS 2025:872")
    static let question = DatedRule(
        "build-up-question", "C12", "an insured answers when the business was notified within", .days,
        [.since(2026, 1, 1, 14)], source: "none", mark: .assumption)

    /// In the order of their numbers.
    static let all: [LegalRule] = [months.legal, floor.legal, cap.legal, question.legal]
}

/// A company of an insured: told of unasked, and asked about when there is a claim (C12, C21).
extension Forsakringskassan {
    var companies: [River<Self>] {
        [
            River(
                "tell of the build-up stage", hears: CompanyRole.self, under: [BuildUpRules.months.legal],
                mine: [
                    Condition("is a new role") { _, event in event.isNew }, Self.isAlive(CompanyRole.self),
                ],
                handle: { state, event, effects in
                    state.business.told.append(.init(company: event.data.company, chain: ChainHead(event)))
                    try effects.set(
                        Tile(
                            .insurance, .informed,
                            "Du behöver inte göra något nu. Om du arbetar i bolaget och ansöker om ersättning räknar vi de "
                                + "första 36 månaderna minst skälig lön för liknande arbete"))
                }),
            River(
                "take back what was told of a company in error", hears: Annulled<CompanyRole>.self,
                mine: [
                    Condition("is one we told of") { state, event in
                        state.business.told.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, effects in
                    state.business.told.removeAll { event.annuls($0.chain) }
                    try effects.set(
                        Tile(
                            .insurance, .corrected,
                            "Rättat: Bolagsverket hade en felaktig uppgift om ett bolag. Du behöver inte göra något"))
                }),
            River(
                "ask since when there is a business", hears: BenefitApplication.self,
                under: [BuildUpRules.months.legal],
                mine: [
                    Condition("is about sickness benefit") { _, event in event.data.benefit == .sicknessBenefit },
                    Condition("has a company") { state, _ in !state.business.told.isEmpty },
                    Condition("has not been asked about") { state, _ in state.business.inquiry.caseRef == nil },
                    Self.isAlive(BenefitApplication.self),
                ],
                whole: [Condition("is filed by the insured") { _, event in event.data.filedBy == event.subject }],
                handle: { state, event, effects in
                    guard let company = state.business.told.last?.company else { return }
                    let need = BuildUpNeed(
                        caseRef: "build-up", facts: ["month"], asked: [AgencyID(.skatteverket)], company: company)
                    try effects.ask(
                        need, for: SkatteverketTaxation.sicknessBenefit, in: &state.business.inquiry)
                }),
            River(
                "hear since when there is a business", hears: BuildUpAnswer.self,
                under: [BuildUpRules.months.legal, BuildUpRules.floor.legal],
                handle: Self.takeMonth),
        ]
    }

    private static func takeMonth(
        _ state: inout Case, _ event: Event<BuildUpAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .complete = state.business.inquiry.take(event) else { return }
        guard let month = event.data.month else {
            let day = SwedishCalendar.lastDayMoved(
                effects.today.adding(days: effects.value(of: BuildUpRules.question)))
            return try effects.set(
                Tile(
                    .insurance, .awaitingCitizen,
                    "Skatteverket vet inte när företaget anmäldes. Skicka uppgiften senast \(SwedishText.day(day)), annars "
                        + "räknar vi utan uppbyggnadsskede", deadline: day))
        }
        let last = month.adding(months: effects.value(of: BuildUpRules.months) - 1)
        guard Month(of: effects.today) <= last else {
            return try effects.set(
                Tile(
                    .insurance, .informed,
                    "Uppbyggnadsskedet är slut: vi räknar din inkomst av företaget som den är"))
        }
        try effects.set(
            Tile(
                .insurance, .decided,
                "Till och med \(SwedishText.month(last)) \(last.year) räknar vi minst skälig lön för liknande arbete, lägst "
                    + "\(Amounts.kronor(effects.value(of: BuildUpRules.floor))) och högst "
                    + "\(Amounts.kronor(effects.value(of: BuildUpRules.cap))) om året"))
    }
}

extension ForsakringskassanCase {
    /// Of an insured with a company: that the build-up stage was told of, and no more.
    struct OwnBusiness: CasePart {
        struct Told: Codable, Equatable, Sendable {
            var company: Subject
            var chain: ChainHead
        }

        var told: [Told] = []
        var inquiry = Inquiry()
    }
}
