import AgencyKit
import LifeEvents

/// What a source says to SSBTEK: one type for each owner, all alike.
protocol AidSourceAnswer: AnswerEvent {
    /// What is known that touches the period; nil: nothing is.
    var facts: [AidFact]? { get }

    /// An answer by its fields.
    init(
        caseRef: String, asker: AgencyID, status: AnswerStatus, refusal: AnswerRefusal?, missing: [String]?,
        facts: [AidFact]?)
}

/// A period that a source is asked about.
struct AidPeriod: Equatable, Sendable {
    var from: Day
    var to: Day

    /// Whether a day lies in it.
    func contains(_ day: Day) -> Bool { from <= day && day <= to }

    /// Whether something that lasts touches it; nil: it lasts on.
    func touches(_ first: Day, _ last: Day?) -> Bool { first <= to && (last.map { $0 >= from } ?? true) }
}

/// How every source of SSBTEK answers: by purpose and its own list, of the period alone (A5).
enum AidSources {
    static let list = LegalRule(
        "A5", "what each source must tell social services: its own list and the period asked about",
        source: "SoL 15:10-12; SFS 2008:975, 2-7 §§")
    /// What financial aid may ask for, by the names of the answer's fields.
    static let facts = ["income"]
    /// The one purpose for which the sources answer.
    static let financialAid = Purpose(known: "financial-aid")

    /// The rule of a source: it hears what it is asked, and answers of what it knows of the person.
    /// - Parameters:
    ///   - branch: the branch that answers; nil: the agency's own.
    ///   - facts: what the agency's case knows that touches a period.
    static func river<Code: Agency, Answer: AidSourceAnswer>(
        of code: Code.Type, answering: Answer.Type, as branch: Branch? = nil,
        facts: @escaping @Sendable (Code.Case, AidPeriod) -> [AidFact]
    ) -> River<Code> {
        River(
            "answer what touches the period", hears: SourceIncomeNeed.self, as: branch, under: [list],
            concerns: { $0.data.asked },
            handle: { state, event, effects in
                guard let asker = event.source else { return }
                if let refusal = event.refusal(purpose: financialAid, hasCase: true) {
                    try effects.publish(
                        Answer(
                            caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal, missing: nil,
                            facts: nil), purpose: event.purpose)
                    return
                }
                let unknown = event.data.facts.filter { !Self.facts.contains($0) }
                let known = facts(state, AidPeriod(from: event.data.from, to: event.data.to))
                try effects.publish(
                    Answer(
                        caseRef: event.data.caseRef, asker: asker, status: .answered, refusal: nil,
                        missing: unknown.isEmpty ? nil : unknown, facts: known.isEmpty ? nil : known),
                    purpose: financialAid)
            })
    }
}

/// What an agency has paid to one person, as it tells social services: newest last.
struct PaidBenefits: CasePart, Sendable {
    /// One payment.
    struct Paid: Codable, Equatable, Sendable {
        var chain: ChainHead
        var benefit: AidBenefit
        var month: Month?
        var amount: Int
        var paidOn: Day
    }

    /// So many payments are kept: two years of three benefits a month.
    private static let most = 72
    private(set) var all: [Paid] = []

    /// Takes a payment, or its correction.
    mutating func take<Data: LifeEvent>(_ event: Event<Data>, _ payment: Paid) {
        if let place = all.firstIndex(where: { event.corrects($0.chain) }) {
            all[place] = payment
            return
        }
        // One a month: room for twice as many would be most of what a case takes.
        all.reserveCapacity(all.count + 1)
        all.append(payment)
        if all.count > Self.most { all.removeFirst() }
    }

    /// Forgets a payment that never was.
    mutating func forget<Fact: LifeEvent>(_ event: Event<Annulled<Fact>>) { all.removeAll { event.annuls($0.chain) } }

    /// What was paid in a period.
    func facts(in period: AidPeriod) -> [AidFact] {
        all.filter { period.contains($0.paidOn) }.map {
            AidFact(fact: .paid, benefit: $0.benefit, amount: $0.amount, month: $0.month, paidOn: $0.paidOn)
        }
    }
}

extension Benefit {
    /// What social services call it; nil: they are not told of it.
    var toSocialServices: AidBenefit? {
        switch self {
        case .childBenefit: .childBenefit
        case .parentalBenefit: .parentalBenefit
        case .housingAllowance: .housingAllowance
        case .sicknessBenefit: .sicknessBenefit
        case .sicknessCompensation: .sicknessCompensation
        case .activityGrant: .activityGrant
        case .introductionBenefit: .introductionBenefit
        case .birthDays, .bereavementDays, .rehabilitationBenefit, .insurance: nil
        }
    }
}
