public import AgencyKit
public import LifeEvents

/// The police, where a death may have to be inquired into: they tell the Tax Agency of it at once, and permit the burial
/// when they are done (begravningslagen 4 kap. 4 and 7 §§). No cause and no suspicion leaves them.
public struct Polisen: Agency {
    /// What is remembered of one dead person.
    public typealias Case = PoliceCase

    /// What the police wait for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The inquiry is done.
        case permit
        /// A referral of a serving permit is answered.
        case serving
    }

    /// Whose topics they write.
    public static let owner = Owner.polisen
    /// What they publish.
    public static let publications = [
        Publication(PoliceDeathNotice.self), Publication(BurialPermit.self), Publication(PoliceSuitabilityAnswer.self),
        Publication(PolicePermitAnswer.self),
    ]
    /// How long an inquiry takes.
    static let inquiry = DatedRule(
        "police-permit", "D2", "a burial is permitted after an inquiry of", .workingDays, [.since(2013, 1, 1, 10)],
        source: "begravningslagen 4 kap. 4 and 7 §§", mark: .assumption)
    /// The rules that they go by.
    public static let rules = [
        inquiry.legal, GuardianRules.candidate, ServingRules.policeAnswers.legal, ServingRules.copies,
    ]

    /// The police.
    public init() {}

    /// What they hear: certificates of deaths that they may have to inquire into.
    public var rivers: [River<Self>] {
        [
            River(
                "inquire into a death", hears: DeathCertificate.self,
                mine: [
                    Condition("is a new certificate") { state, event in event.isNew && !state.notice.holds }
                ],
                whole: [
                    Condition("has a day") { _, event in event.data.deathDate ?? event.data.foundDate != nil }
                ],
                handle: { state, event, effects in
                    guard let day = event.data.deathDate ?? event.data.foundDate else { return }
                    state.certificate.adopt(event)
                    try effects.publish(
                        PoliceDeathNotice(deathDate: day, certainty: event.data.certainty), in: &state.notice,
                        occurredOn: day)
                    effects.setTimer(
                        .permit,
                        at: Stockholm.instant(
                            SwedishCalendar.adding(workingDays: effects.value(of: Self.inquiry), to: effects.today),
                            hour: 8))
                }),
            River(
                "correct what was told of a death", hears: DeathCertificate.self,
                mine: [
                    Condition("corrects the certificate we have") { state, event in event.corrects(state.certificate) }
                ],
                whole: [
                    Condition("has a day") { _, event in event.data.deathDate ?? event.data.foundDate != nil }
                ],
                handle: { state, event, effects in
                    try state.certificate.take(event)
                    guard let day = event.data.deathDate ?? event.data.foundDate else { return }
                    try effects.publish(
                        PoliceDeathNotice(deathDate: day, certainty: event.data.certainty), in: &state.notice,
                        occurredOn: day)
                }),
            River(
                "close an inquiry into the death of one who lives", hears: Annulled<DeathCertificate>.self,
                mine: [
                    Condition("annuls the certificate we have") { state, event in event.annuls(state.certificate) }
                ],
                handle: { state, event, effects in
                    try state.certificate.take(event)
                    effects.cancelTimer(.permit)
                    try effects.annul(
                        PoliceDeathNotice.self, in: &state.notice, reason: event.data.reasonCode)
                }),
        ] + suitability
            + ServingReferrals.rivers(
                Self.self, PolicePermitAnswer.self, within: ServingRules.policeAnswers, timer: .serving)
            + [
                ServingReferrals.copy(
                    Self.self, "keep a copy of a decision to serve alcohol", under: ServingRules.copies)
            ]
    }

    /// Whether anything speaks against a candidate (förordningen (1999:1134) 11 § 14). No record is known in a run, so that the
    /// plain answer is given.
    private var suitability: [River<Self>] {
        [
            River(
                "say whether a candidate has a record", hears: SuitabilityNeed.self, under: [GuardianRules.candidate],
                handle: { _, event, effects in
                    guard let asker = event.source else { return }
                    let refusal = event.refusal(purpose: GuardianRules.suitability, hasCase: true)
                    try effects.publish(
                        PoliceSuitabilityAnswer(
                            caseRef: event.data.caseRef, asker: asker, status: refusal == nil ? .answered : .refused,
                            refusal: refusal, remark: refusal == nil ? false : nil), purpose: event.purpose)
                })
        ]
    }

    /// The inquiry no longer needs the body, or a referral is answered.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .permit: try effects.publish(BurialPermit(permittedOn: effects.today))
        case .serving: try ServingReferrals.answer(PolicePermitAnswer.self, &state.serving, &effects)
        }
    }
}

/// What the police remember of one dead person, or of one firm.
public struct PoliceCase: AgencyCase {
    var certificate = ChainHead()
    var notice = ChainHead()
    /// Of a firm.
    @Part var serving: KnownServing

    /// Nothing.
    public init() {}
}

extension PoliceCase: KnowsServing {}
