import AgencyKit
import LifeEvents

extension Forsakringskassan {
    /// Days with benefit on the child's case, each application a case of its own: parental benefit (SFB 12 kap.), days at
    /// birth and after a child's death (SFB 13 kap.).
    var days: [River<Self>] {
        [
            River(
                "keep the parents", hears: FamilyRelation.self,
                mine: [
                    Condition("is parenthood that we follow") { state, event in
                        guard event.data.kind == .parenthood else { return false }
                        return event.isNew || state.days.parents.contains { event.follows($0.chain) }
                    }
                ],
                handle: { state, event, _ in
                    if let place = state.days.parents.firstIndex(where: { !event.isNew && event.follows($0.chain) }) {
                        try state.days.parents[place].chain.take(event)
                    } else {
                        state.days.parents.removeAll { $0.holder == event.data.holder }
                        state.days.parents.append(.init(holder: event.data.holder, chain: ChainHead(event)))
                    }
                }),
            River(
                "drop a parent", hears: Annulled<FamilyRelation>.self,
                mine: [
                    Condition("annuls parenthood that we follow") { state, event in
                        state.days.parents.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, _ in state.days.parents.removeAll { event.annuls($0.chain) } }),
            River(
                "investigate an application for days", hears: BenefitApplication.self,
                under: [ChildRules.halves, ChildRules.whoAtBirth, ChildRules.handling.legal],
                mine: [
                    Condition("is for days with a child") { _, event in
                        [.parentalBenefit, .birthDays, .bereavementDays].contains(event.data.benefit)
                    },
                    Condition("does not tell who else has the days") { _, event in
                        event.data.benefit != .birthDays || event.data.together == nil
                    },
                    Condition("is not an application we have") { state, event in
                        !state.days.applications.contains {
                            $0.applicant == event.data.filedBy && $0.benefit == event.data.benefit
                                && $0.from == event.data.from && $0.to == event.data.to && $0.stage != .aborted
                        }
                    },
                ],
                whole: [
                    Condition("is filed by one who may have the days") { state, event in
                        Self.mayApply(event.data, about: event.subject, state)
                    },
                    Condition("says until when, and what the income is") { _, event in
                        guard let to = event.data.to else { return false }
                        return to >= event.data.from && event.data.yearlyIncome != nil
                    },
                ], handle: Self.investigate),
            River(
                "note who has the days at birth", hears: BenefitApplication.self, under: [ChildRules.whoAtBirth],
                mine: [
                    Self.isAlive(BenefitApplication.self),
                    Condition("tells who else has the days at birth") { _, event in
                        event.data.benefit == .birthDays && event.data.together != nil
                    },
                ],
                whole: [
                    Condition("is filed by a guardian, of another") { state, event in
                        state.guardians.mayAct(event.data.filedBy) && event.data.together != event.data.filedBy
                    },
                    Condition("has no other parent") { state, _ in
                        !state.guardians.isJoint && !state.days.parents.contains { $0.chain.holds }
                    },
                ], handle: { state, event, _ in state.days.atBirth = event.data.together }),
            River(
                "note days that are given", hears: DayTransfer.self,
                under: [ChildRules.reserved.legal, ChildRules.toOthers.legal],
                mine: [Self.isAlive(DayTransfer.self)],
                whole: [
                    Condition("is filed by a guardian") { $0.guardians.mayAct($1.data.filedBy) },
                    Condition("gives days to another") { $1.data.to != $1.data.filedBy },
                    Condition("gives no reserved days and no more than there are") { state, event in
                        Self.isGiveable(event, state)
                    },
                ],
                handle: { state, event, _ in
                    state.days.transfers.append(
                        .init(
                            from: event.data.filedBy, to: event.data.to, days: event.data.days, level: event.data.level)
                    )
                }),
            River(
                "review a decision", hears: ReviewRequest.self, under: [ChildRules.review.legal],
                mine: [
                    Condition("is of a decision we have made") { state, event in
                        state.days.applications.contains { $0.ref == event.data.decisionRef && $0.decidedOn != nil }
                    }
                ],
                whole: [
                    Condition("is filed by who was decided on") { state, event in
                        state.days.applications.contains {
                            $0.ref == event.data.decisionRef && $0.applicant == event.data.filedBy
                        }
                    },
                    Condition("is filed in time") { state, event in
                        state.days.applications.contains {
                            guard $0.ref == event.data.decisionRef, let decided = $0.decidedOn else { return false }
                            return event.knownOn
                                <= SwedishCalendar.lastDayMoved(
                                    decided.adding(months: event.value(of: ChildRules.review)))
                        }
                    },
                    Condition("is not under review") { state, event in
                        !state.days.applications.contains { $0.ref == event.data.decisionRef && $0.review != nil }
                    },
                ], handle: Self.review),
        ]
    }

    /// Who may have days: of parental benefit a guardian, or who has been given days (SFB 12:3, 12:17); at birth the other
    /// parent, once registered (SFB 13:10); after the child's death who was parent or guardian (SFB 13:31 e).
    private static func mayApply(_ data: BenefitApplication, about subject: Subject, _ state: Case) -> Bool {
        // A mother whose child was stillborn has days on a case of her own, for there is no other person (B21).
        // So has one who expects a child, until it is born and has a case.
        if subject == data.filedBy {
            return state.grief == .stillborn
                ? data.benefit != .birthDays
                : data.benefit == .parentalBenefit && state.pregnancy.holds && state.days.born == nil
        }
        let isParent = state.days.parents.contains { $0.holder == data.filedBy && $0.chain.holds }
        switch data.benefit {
        case .birthDays:
            let isInstead = state.days.atBirth == data.filedBy && !state.days.parents.contains { $0.chain.holds }
            return (isParent || isInstead) && !state.death.holds
        case .bereavementDays: return state.death.holds && (isParent || state.days.bereaved.contains(data.filedBy))
        default:
            return state.guardians.mayAct(data.filedBy) || state.days.transfers.contains { $0.to == data.filedBy }
        }
    }

    private static func investigate(
        _ state: inout Case, _ event: Event<BenefitApplication>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        guard let to = data.to else { return }
        let answer = InsuranceRules.lastDay(effects.value(of: ChildRules.answer), after: effects.today)
        let base = "\(data.benefit.rawValue)-\(effects.today)"
        let same = state.days.applications.filter { $0.ref.hasPrefix(base) }.count
        let application = Case.Application(
            ref: same == 0 ? base : "\(base)-\(same + 1)", benefit: data.benefit, applicant: data.filedBy,
            from: data.from,
            to: to, askedFrom: data.from, askedTo: to, days: data.days, yearlyIncome: data.yearlyIncome ?? 0,
            together: data.together,
            openedOn: effects.today,
            actsOn: effects.daysDecided.instant,
            cause: effects.cause)
        state.days.applications.append(application)
        setTimers(state, &effects)
        try askWhenExpected(application, state, &effects)
        try effects.publish(status(of: application, .investigating, expected: answer))
        let what = application.benefit == .birthDays ? " om 10 dagar" : ""
        try effects.set(
            Tile(
                application.tile, .investigating,
                "Vi har din ansökan\(what). Besked senast den \(SwedishText.day(answer))",
                about: application.about(effects.subject),
                expected: answer), for: application.applicant)
    }

    static func status(
        of application: Case.Application, _ caseState: CaseState, expected: Day? = nil, reason: CaseReason? = nil
    ) -> InsuranceCaseStatus {
        InsuranceCaseStatus(
            caseRef: application.ref, benefit: application.benefit, expectedDate: expected, reason: reason,
            state: caseState, applicant: application.applicant)
    }

    // MARK: - How many days there are

    /// Days a person has left of a child, by level.
    static func left(
        of person: Subject, _ state: Case, _ value: (DatedRule) -> Int
    ) -> (income: Int, lowest: Int) {
        var (income, lowest) = (0, 0)
        if state.guardians.mayAct(person) {
            income = value(state.child.birthOrder == 1 ? ChildRules.incomeDays : ChildRules.furtherIncomeDays)
            lowest = value(ChildRules.lowestDays)
            if state.guardians.isJoint { (income, lowest) = (income / 2, lowest / 2) }
        }
        if state.child.mother == person, let before = state.days.before { income -= before.days }
        for transfer in state.days.transfers {
            let days = transfer.from == person ? -transfer.days : transfer.to == person ? transfer.days : 0
            if transfer.level == .income { income += days } else { lowest += days }
        }
        for application in state.days.applications
        where application.applicant == person && application.benefit == .parentalBenefit && application.isGranted {
            income -= application.incomeDays
            lowest -= application.lowestDays
        }
        return (max(0, income), max(0, lowest))
    }

    /// Whether a guardian may still give so many days of a level to somebody (B15, B16).
    private static func isGiveable(_ event: Event<DayTransfer>, _ state: Case) -> Bool {
        let data = event.data
        let left = left(of: data.filedBy, state) { event.value(of: $0) }
        var most = data.level == .income ? left.income : left.lowest
        if state.guardians.mayAct(data.to) {
            if data.level == .income { most -= event.value(of: ChildRules.reserved) }
        } else {
            let given = state.days.transfers.filter {
                $0.from == data.filedBy && !state.guardians.mayAct($0.to)
            }.reduce(0) { $0 + $1.days }
            let limit = event.value(of: state.guardians.isJoint ? ChildRules.toOthers : ChildRules.toOthersSole)
            most = min(most, limit - given)
        }
        return data.days <= max(0, most)
    }
}

extension ForsakringskassanCase.Application {
    /// The child, where the line is of this child alone: parental benefit is one line from pregnancy on.
    func about(_ child: Subject) -> Subject? { tile == .parentalBenefit ? nil : child }

    /// Which line of the applicant's page it is.
    var tile: TileName { benefit == .birthDays ? .birthDays : .parentalBenefit }
}
