public import AgencyKit
public import LifeEvents

/// Arbetsförmedlingen: keeps job-seekers registered, follows them when they move, and ends at death.
public struct Arbetsformedlingen: Agency {
    /// What is remembered of one person.
    public typealias Case = ArbetsformedlingenCase
    /// What the agency waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// An application for support to start a business is decided.
        case support = "start-support"
        /// The time to make a plan is over.
        case plan
        /// The last day to report a month has passed.
        case report
        /// Nobody has heard of the job-seeker.
        case silence
        /// The introduction programme is decided, or a month of it is over.
        case introduction
        /// A joint mapping is done, or work training begins.
        case joint = "joint-rehabilitation"
        /// The time to say why an activity was missed is over, or it is decided.
        case programmeHearing = "programme-hearing"
        /// The last day of a programme is over.
        case programmeEnd = "programme-end"
    }

    /// Whose topics it writes.
    public static let owner = Owner.arbetsformedlingen

    /// What it publishes.
    public static let publications = [
        Publication(JobSeekerRegistration.self), Publication(EmploymentAidIncome.self), Publication(StatusTile.self),
        Publication(DeviationNotice.self), Publication(JobSeekerAnswer.self),
        Publication(IntroductionProgramme.self), Publication(IntroductionAbsence.self),
        Publication(JointRehabilitation.self),
        Publication(LabourProgramme.self), Publication(ProgrammeAbsence.self), Publication(ProgrammeSanction.self),
        Publication(ProgrammeAssignment.self), Publication(MissedActivity.self),
    ]

    /// What it goes by.
    public static var rules: [LegalRule] {
        JobSeekerRules.all + SickJobSeekers.all + StartSupportRules.all + [AidSources.list, UnemploymentRules.neglect]
            + ArrivalRules.ofEmployment + JointMapping.all + ProgrammeRules.all
            + [JointRules.mapping, ChainRules.consent, UnemploymentRules.monthDays.legal]
    }

    /// The agency.
    public init() {}

    /// A state has lasted its time.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .support: try Self.decideSupport(&state, &effects)
        case .plan: try Self.planDue(&state, &effects)
        case .report: try Self.reportDue(&state, &effects)
        case .silence: try Self.silenceDue(&state, &effects)
        case .introduction: try Self.introductionDue(&state, &effects)
        case .joint: try Self.jointDue(&state, &effects)
        case .programmeHearing: try Self.programmeHearingDue(&state, &effects)
        case .programmeEnd: try Self.programmeEndDue(&state, &effects)
        }
    }

    /// What it hears.
    public var rivers: [River<Self>] {
        [
            River(
                "adopt a registration", hears: JobSeekerRegistration.self,
                mine: [
                    Condition("is a new registration") { _, event in event.isNew },
                    Condition("is not registered") { state, _ in !state.isActive },
                ], handle: Self.adopt),
            River(
                "forget a registration in error", hears: Annulled<JobSeekerRegistration>.self,
                under: [JobSeekerRules.register],
                mine: [
                    Condition("annuls the registration that holds") { state, event in
                        state.isActive && event.annuls(state.registration?.chain)
                    }
                ], handle: Self.forget),
        ] + registrations + programmes + moves + sickness + joint + companies + [
            AidSources.river(of: Self.self, answering: EmploymentAidIncome.self) { state, _ in
                guard state.isActive, let registration = state.registration else { return [] }
                return [AidFact(fact: .registered, from: registration.from)]
            },
            River(
                "end at death", hears: Death.self, handle: Self.follow),
            River(
                "resume when nobody died", hears: Annulled<Death>.self, handle: Self.followAnnulment),
        ] + introductions
    }
}

// MARK: - Handlers

extension Arbetsformedlingen {
    static func adopt(_ state: inout Case, _ event: Event<JobSeekerRegistration>, _ effects: inout Effects<Timer>) {
        state.registration = .init(
            chain: ChainHead(event), from: event.data.from, extent: event.data.extent, concerns: event.data.concerns)
    }

    /// Nobody was registered: no plan, no report, no programme is waited for.
    private static func forget(
        _ state: inout Case, _ event: Event<Annulled<JobSeekerRegistration>>, _ effects: inout Effects<Timer>
    ) throws {
        guard var registration = state.registration, case .annulled = try registration.chain.take(event) else { return }
        state.registration = registration
        state.duty = .init()
        for timer in [Timer.plan, .report, .silence] { effects.cancelTimer(timer) }
        try endProgramme(&state, on: effects.today, &effects)
        try effects.set(
            Tile(
                .employmentService, .corrected,
                "Rättat: du var inte inskriven från \(SwedishText.day(registration.from)). Skriv in dig i dag om du söker "
                    + "arbete"))
    }

    /// Acts on what became of the death; an annulment that was here before what it annuls is acted on with that.
    static func follow(_ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>) throws {
        let former = state.death.head?.value
        switch try state.death.take(event, event.data.deathDate) {
        case .became(let death): try stop(&state, death.value, former, &effects)
        case .annulled: try resume(&state, "deathAnnulled", &effects)
        case .ended, .restored, .collapsed, .superseded, .awaitsPredecessor, .repeated, .notOfChain: break
        }
    }

    static func followAnnulment(
        _ state: inout Case, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .annulled = try state.death.take(event) else { return }
        try resume(&state, event.data.reasonCode, &effects)
    }

    private static func stop(
        _ state: inout Case, _ day: Day, _ former: Day?, _ effects: inout Effects<Timer>
    ) throws {
        guard day != former, var registration = state.registration else { return }
        // Another day of death: the old end is annulled, so that the chain keeps one end.
        try effects.restore(JobSeekerRegistration.self, in: &registration.chain, reason: "deathCorrected")
        try effects.cease(
            JobSeekerRegistration(
                from: registration.from, extent: registration.extent, reason: .death, concerns: state.funds),
            in: &registration.chain, occurredOn: day)
        state.registration = registration
        if state.programme.stage == .assigned { state.programmeBefore = state.programme.to }
        try endProgramme(&state, on: day, &effects)
        try effects.set(Tile(.stopped, .stopped, "Inskrivningen hos Arbetsförmedlingen är avslutad"))
    }

    private static func resume(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        guard var registration = state.registration,
            try effects.restore(
                JobSeekerRegistration.self, in: &registration.chain, reason: reason)
        else { return }
        state.registration = registration
        state.followAgain(&effects)
        try resumeProgramme(&state, state.programmeBefore, &effects)
        try effects.set(
            Tile(
                .stopped, .corrected,
                "Du är inte längre registrerad som avliden hos Arbetsförmedlingen. Du är inskriven som förut"))
    }
}
