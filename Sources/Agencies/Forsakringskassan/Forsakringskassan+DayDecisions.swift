import AgencyKit
import LifeEvents

/// What is decided on days, how it is paid, and how it ends.
extension Forsakringskassan {
    /// Sets the timers that the states of the living wait for.
    static func setTimers(_ state: Case, _ effects: inout Effects<Timer>) {
        let days = state.days.applications.flatMap { [$0.actsOn, $0.review?.decidesOn] }.compactMap(\.self).min()
        if let days { effects.setTimer(.days, at: days) } else { effects.cancelTimer(.days) }
        setHousingTimers(state, &effects)
    }

    /// The states of all applications whose time has come.
    static func daysDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for place in state.days.applications.indices {
            if let acts = state.days.applications[place].actsOn, acts <= effects.now {
                state.days.applications[place].actsOn = nil
                switch state.days.applications[place].stage {
                case .investigating: try decide(place, &state, &effects)
                case .decided: try announce(place, &state, &effects)
                case .executing: try pay(place, &state, &effects)
                case .closed, .aborted: break
                }
            }
            if let review = state.days.applications[place].review, review.decidesOn <= effects.now {
                try decideReview(place, &state, &effects)
            }
        }
        setTimers(state, &effects)
    }

    private static func decide(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        var application = state.days.applications[place]
        let reason = grant(&application, state, effects)
        application.decidedOn = effects.today
        let outcome: Outcome = application.grantedDays == 0 ? .rejected : reason == nil ? .granted : .partial
        application.outcome = outcome
        application.take(outcome == .rejected ? .rejected : .granted)
        try effects.publish(decision(application), in: &application.chain, occurredOn: nil)
        try effects.publish(status(of: application, .decided))
        let review = effects.rules.reviewDeadline(decided: effects.today)
        let tail = "Begär omprövning senast den \(SwedishText.day(review))"
        let why = reason.map { " \($0)." } ?? ""
        let text: String
        switch (outcome, application.benefit) {
        case (.rejected, _): text = "Avslag.\(why) \(tail)"
        case (_, .parentalBenefit):
            text =
                "\(outcome == .granted ? "Beviljad" : "Beviljad delvis"): \(application.grantedDays) dagar, "
                + "\(InsuranceRules.period(application.from, application.to)), "
                + "\(InsuranceRules.kronor(amounts(application, effects.rules).first ?? 0)) om dagen.\(why) \(tail)"
        default:
            let payout = effects.rules.nextDaysPayout(after: effects.today)
            text =
                "\(outcome == .granted ? "Beviljad" : "Beviljad delvis"): \(application.grantedDays) dagar, "
                + "\(InsuranceRules.kronor(amounts(application, effects.rules).reduce(0, +))), betalas den "
                + "\(SwedishText.day(payout)).\(why) \(tail)"
        }
        try effects.set(
            Tile(application.tile, .decided, text, about: application.about(effects.subject), reviewBy: review),
            for: application.applicant)
        if application.stage == .decided {
            if application.benefit == .parentalBenefit {
                application.actsOn = InsuranceRules.morning(1, after: effects.today)
            } else {
                application.take(.nextDay)
                application.actsOn = Stockholm.instant(effects.rules.nextDaysPayout(after: effects.today))
            }
        }
        state.days.applications[place] = application
        if application.applicant == effects.subject { try tellBornChild(state, &effects) }
    }

    /// Grants as many of the days asked for as the rules give.
    /// - Returns: why not all of them; nil: all.
    private static func grant(
        _ application: inout Case.Application, _ state: Case, _ effects: Effects<Timer>
    ) -> String? {
        var reason: String?
        if application.benefit == .parentalBenefit {
            reason = limit(&application, state, effects)
        }
        guard application.from <= application.to else { return reason ?? "Perioden är slut" }
        let calendar = application.from.distance(to: application.to) + 1
        switch application.benefit {
        case .parentalBenefit:
            if let other = overlap(application, state) {
                guard mayDouble(application, with: other, state, effects) else {
                    return "Ni får inte dagar samtidigt utom dubbeldagar, som båda ansöker om"
                }
            }
            let asked = min(application.days ?? calendar, calendar)
            let left =
                application.applicant == effects.subject
                ? (income: max(0, daysOfOwnCase(state, effects) - used(by: application, state)), lowest: 0)
                : left(of: application.applicant, state) { effects.value(of: $0) }
            application.incomeDays = min(asked, left.income)
            application.lowestDays = min(asked - application.incomeDays, left.lowest)
            if application.grantedDays < asked { reason = "Dina dagar räcker inte till fler" }
            application.to = min(application.to, application.from.adding(days: max(1, application.grantedDays) - 1))
        case .birthDays:
            let end = (state.child.birthDate ?? application.from).adding(
                days: effects.value(of: ChildRules.birthDaysLimit))
            reason = grantWorkingDays(&application, most: effects.value(of: ChildRules.birthDays), until: end, state)
        case .bereavementDays:
            let end = (state.death.head?.value ?? state.grievesSince ?? application.from).adding(
                days: effects.value(of: ChildRules.bereavementWithin))
            reason = grantWorkingDays(
                &application, most: effects.value(of: ChildRules.bereavementDays), until: end, state)
        default: return "Förmånen finns inte"
        }
        return reason
    }

    /// How many days there are where there is no other person: the mother's to day 29 of a child that was stillborn, else
    /// those for the child that is expected.
    private static func daysOfOwnCase(_ state: Case, _ effects: Effects<Timer>) -> Int {
        effects.value(of: state.grief == .stillborn ? ChildRules.daysOfMother : ChildRules.incomeDays)
    }

    /// Days of the same benefit that the applicant has been granted.
    private static func used(by application: Case.Application, _ state: Case) -> Int {
        state.days.applications.filter {
            $0.applicant == application.applicant && $0.benefit == application.benefit && $0.isGranted
        }.reduce(0) { $0 + $1.grantedDays }
    }

    /// B14: parental benefit is paid some days back, from some days before the birth, and few days after the fourth year.
    /// - Returns: why not all of the period; nil: all.
    private static func limit(
        _ application: inout Case.Application, _ state: Case, _ effects: Effects<Timer>
    ) -> String? {
        var reason: String?
        let back = effects.value(of: ChildRules.daysBack)
        let earliest = application.openedOn.adding(days: -back)
        if application.from < earliest {
            application.from = earliest
            reason = "Dagar betalas högst \(back) dagar tillbaka i tiden"
        }
        if application.applicant == effects.subject {
            return limitBeforeBirth(&application, state, effects) ?? reason
        }
        guard let born = state.child.birthDate else { return reason }
        if let why = limitToDeath(&application, born: born, state, effects) { reason = why }
        let before = effects.value(of: ChildRules.beforeBirth)
        // Where no certificate has told when the birth was expected the day of birth is taken for it [A].
        let expected = state.days.before?.expectedOn
        let first = (expected ?? born).adding(days: -before)
        if application.from < first {
            application.from = first
            reason = "Dagar betalas tidigast \(before) dagar före \(expected == nil ? "" : "den beräknade ")födelsen"
        }
        if let through = state.days.before?.through, application.applicant == state.child.mother,
            application.from <= through
        {
            application.from = through.adding(days: 1)
            reason = "Dagar till och med den \(SwedishText.day(through)) är redan beviljade"
        }
        let fourth = born.adding(months: 12 * effects.value(of: ChildRules.laterAge))
        guard application.to >= fourth else { return reason }
        let used = state.days.applications.filter { $0.benefit == .parentalBenefit && $0.isGranted && $0.to >= fourth }
            .reduce(0) { $0 + max($1.from, fourth).distance(to: $1.to) + 1 }
        let most = effects.value(of: ChildRules.laterDays)
        let last = max(application.from, fourth).adding(days: max(0, most - used) - 1)
        guard last < application.to else { return reason }
        application.to = last
        return "Efter barnets fjärde år finns högst \(most) dagar"
    }

    private static func grantWorkingDays(
        _ application: inout Case.Application, most: Int, until end: Day, _ state: Case
    ) -> String? {
        let used = used(by: application, state)
        var working: [Day] = []
        var day = application.from
        while day <= application.to, working.count < 366 {
            if SwedishCalendar.isWorkingDay(day) { working.append(day) }
            day = day.adding(days: 1)
        }
        let asked = min(application.days ?? working.count, working.count)
        let inTime = working.prefix(asked).filter { $0 <= end }.count
        application.incomeDays = max(0, min(inTime, most - used))
        guard application.incomeDays < asked else { return nil }
        return inTime < asked ? "Tiden att ta ut dagarna är slut" : "Du har högst \(most) dagar"
    }

    /// Another guardian's granted days at the same time.
    private static func overlap(_ application: Case.Application, _ state: Case) -> Case.Application? {
        state.days.applications.first {
            $0.applicant != application.applicant && $0.benefit == .parentalBenefit && $0.isGranted
                && $0.from <= application.to && application.from <= $0.to
        }
    }

    /// Both have applied for the same days together, the child is young enough, and there are such days left (B16).
    private static func mayDouble(
        _ application: Case.Application, with other: Case.Application, _ state: Case, _ effects: Effects<Timer>
    ) -> Bool {
        guard application.together == other.applicant, other.together == application.applicant,
            let born = state.child.birthDate,
            application.to < born.adding(months: effects.value(of: ChildRules.doubleMonths))
        else { return false }
        let used = state.days.applications.filter {
            $0.applicant == application.applicant && $0.together != nil && $0.isGranted
        }.reduce(0) { $0 + $1.grantedDays }
        return used + application.from.distance(to: application.to) + 1 <= effects.value(of: ChildRules.doubleDays)
    }

    /// SEK for each granted day.
    private static func amounts(_ application: Case.Application, _ rules: RuleValues) -> [Int] {
        guard application.benefit == .parentalBenefit else {
            let day = rules.temporaryDay(yearlyIncome: application.yearlyIncome, on: application.from)
            return [Int](repeating: day, count: application.grantedDays)
        }
        let day = rules.parentalDay(yearlyIncome: application.yearlyIncome, on: application.from)
        return [Int](repeating: day, count: application.incomeDays)
            + [Int](
                repeating: rules.value(of: ChildRules.lowestLevel, on: application.from), count: application.lowestDays)
    }

    static func decision(_ application: Case.Application) -> BenefitDecision {
        BenefitDecision(
            benefit: application.benefit, outcome: application.outcome ?? .granted, from: application.from,
            to: application.to,
            payees: application.outcome == .rejected ? [] : [Payee(person: application.applicant, share: 100)])
    }

    /// The working day after the decision the applicant is told when money comes.
    private static func announce(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.days.applications[place].take(.nextDay) else { return }
        try tellNextPayout(place, &state, &effects)
    }

    private static func tellNextPayout(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let application = state.days.applications[place]
        let first = application.paidThrough.map { $0.adding(days: 1) } ?? application.from
        let payout = effects.rules.payout(ofDaysFrom: first, after: effects.today)
        state.days.applications[place].actsOn = Stockholm.instant(payout)
        try effects.set(
            Tile(
                application.tile, .ongoing, "Nästa utbetalning den \(SwedishText.day(payout))",
                about: application.about(effects.subject), next: payout), for: application.applicant)
    }

    /// A payout day: the days of the months before it, or all days at birth at once.
    private static func pay(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let application = state.days.applications[place]
        let amounts = amounts(application, effects.rules)
        let first = application.paidThrough.map { $0.adding(days: 1) } ?? application.from
        let isParental = application.benefit == .parentalBenefit
        let ended = Month(of: effects.today).adding(months: -1).lastDay
        let last = isParental ? min(application.to, ended) : application.to
        let done = application.from.distance(to: first)
        let count = isParental ? max(0, first.distance(to: last) + 1) : amounts.count
        let amount = amounts.dropFirst(isParental ? done : application.paidDays).prefix(count).reduce(0, +)
        if !isParental { state.days.applications[place].paidDays = count }
        if amount > 0 {
            try effects.publish(
                InsurancePayment(
                    benefit: application.benefit, from: first, to: last, amount: amount, kind: .paid,
                    payee: application.applicant, paidOn: effects.today),
                about: application.applicant, cause: application.cause)
        }
        state.days.applications[place].paidThrough = last
        guard last >= application.to else { return try tellNextPayout(place, &state, &effects) }
        state.days.applications[place].take(.paidOut)
        let text =
            isParental
            ? "Allt du sökt är utbetalt. Ansök igen när du tar ut fler dagar"
            : "\(application.grantedDays) dagar är utbetalda"
        try effects.set(
            Tile(application.tile, .done, text, about: application.about(effects.subject)), for: application.applicant)
    }

    // MARK: - Review

    static func review(
        _ state: inout Case, _ event: Event<ReviewRequest>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.days.applications.firstIndex(where: { $0.ref == event.data.decisionRef }) else {
            return
        }
        let day = effects.daysDecided.day
        state.days.applications[place].review = .init(
            decidesOn: effects.daysDecided.instant)
        let application = state.days.applications[place]
        setTimers(state, &effects)
        try effects.publish(status(of: application, .underReview, expected: day))
        try effects.set(
            Tile(
                application.tile, .underReview, "Vi omprövar beslutet. Besked omkring den \(SwedishText.day(day))",
                about: application.about(effects.subject), expected: day), for: application.applicant)
    }

    /// Looks at what was asked for anew: what has come since may give more days. Else the decision stands, and what remains is
    /// the administrative court (SFB 113:10).
    private static func decideReview(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.days.applications[place].review = nil
        let application = state.days.applications[place]
        if try changeDecision(place, &state, &effects) { return }
        let appeal = effects.rules.reviewDeadline(decided: effects.today)
        try effects.publish(status(of: application, .decided))
        try effects.set(
            Tile(
                application.tile, .decided,
                "Beslutet ändras inte. Överklaga till förvaltningsrätten senast den \(SwedishText.day(appeal))",
                about: application.about(effects.subject), reviewBy: appeal), for: application.applicant)
    }

    /// - Returns: whether more is granted than was.
    private static func changeDecision(
        _ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws -> Bool {
        let former = state.days.applications[place]
        guard former.stage != .aborted, former.former == nil else { return false }
        var others = state
        others.days.applications.remove(at: place)
        var again = former
        (again.from, again.to) = (former.askedFrom, former.askedTo)
        (again.incomeDays, again.lowestDays) = (0, 0)
        let reason = grant(&again, others, effects)
        guard again.grantedDays > former.grantedDays, again.take(.changed) else { return false }
        again.outcome = reason == nil ? .granted : .partial
        try effects.publish(decision(again), in: &again.chain, occurredOn: nil)
        try effects.publish(status(of: again, .decided))
        let appeal = effects.rules.reviewDeadline(decided: effects.today)
        let payout = effects.rules.nextDaysPayout(after: effects.today)
        again.actsOn = Stockholm.instant(payout)
        state.days.applications[place] = again
        try effects.set(
            Tile(
                again.tile, .decided,
                "Beslutet ändras: \(again.grantedDays) dagar, \(InsuranceRules.period(again.from, again.to)), betalas den "
                    + "\(SwedishText.day(payout)). Överklaga till förvaltningsrätten senast den \(SwedishText.day(appeal))",
                about: again.about(effects.subject), reviewBy: appeal), for: again.applicant)
        return true
    }

    // MARK: - How days end

    /// A guardian has custody no longer: nothing is decided and nothing paid after that day.
    static func stopDays(
        of guardian: Subject, on day: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for place in state.days.applications.indices
        where state.days.applications[place].applicant == guardian
            && state.days.applications[place].benefit == .parentalBenefit
        {
            try stop(place, on: day, &state, &effects)
        }
        setTimers(state, &effects)
    }

    private static func stop(
        _ place: Int, on day: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        var application = state.days.applications[place]
        guard application.stage.after(.stopped) != nil else { return }
        application.former = former(application)
        if application.chain.holds, day < application.to {
            application.to = max(day, application.from)
            try effects.cease(decision(application), in: &application.chain, occurredOn: application.to)
            cut(&application)
        } else if application.stage == .investigating {
            application.take(.stopped)
            application.actsOn = nil
            try effects.publish(status(of: application, .aborted))
        }
        state.days.applications[place] = application
        try effects.set(
            Tile(
                application.tile, .stopped,
                "Föräldrapenningen för barnet upphör efter den \(SwedishText.day(day))",
                about: application.about(effects.subject)),
            for: application.applicant)
    }

    private static func former(_ application: Case.Application) -> Case.Application.Former {
        .init(
            stage: application.stage, to: application.to, incomeDays: application.incomeDays,
            lowestDays: application.lowestDays, actsOn: application.actsOn)
    }

    /// The death, or the end of custody, was an error: each application stands as before it.
    /// - Parameter applicant: whose; nil: all of the child.
    static func resumeDays(
        of applicant: Subject? = nil, _ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        var told: [Subject] = []
        for place in state.days.applications.indices {
            var application = state.days.applications[place]
            guard applicant == nil || application.applicant == applicant, let former = application.former else {
                continue
            }
            application.former = nil
            let wasAborted = application.stage == .aborted
            (application.to, application.incomeDays, application.lowestDays) =
                (former.to, former.incomeDays, former.lowestDays)
            if application.stage == .aborted || application.stage == .closed {
                (application.stage, application.actsOn) = (former.stage, former.actsOn)
            }
            try effects.restore(BenefitDecision.self, in: &application.chain, reason: reason)
            if wasAborted { try effects.publish(status(of: application, .investigating)) }
            state.days.applications[place] = application
            try effects.set(
                Tile(
                    application.tile, .corrected, "En uppgift var fel och är rättad. Ansökan gäller som förut",
                    about: application.about(effects.subject)), for: application.applicant)
            told.append(application.applicant)
        }
        if applicant == nil { try tellNotBereaved(except: told, &state, &effects) }
        setTimers(state, &effects)
    }

    /// Who was told of days after a child's death, and has applied for none, learns that the child lives.
    private static func tellNotBereaved(
        except told: [Subject], _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for parent in state.days.bereaved where !told.contains(parent) {
            try effects.set(
                Tile(
                    .parentalBenefit, .corrected,
                    "Rättat: uppgiften om dödsfallet var fel. Du behöver inte göra något"), for: parent)
        }
        state.days.bereaved = []
    }

    /// Days past the last are no longer granted.
    private static func cut(_ application: inout Case.Application) {
        let days = application.from.distance(to: application.to) + 1
        application.incomeDays = min(application.incomeDays, days)
        application.lowestDays = min(application.lowestDays, days - application.incomeDays)
    }

    /// A guardian who never was one: what was decided never held. What is paid is not claimed back from who acted in good
    /// faith (SFB 108:2; B25).
    static func annulDays(
        of guardian: Subject, _ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for place in state.days.applications.indices
        where state.days.applications[place].applicant == guardian && state.days.applications[place].stage != .aborted {
            if state.days.applications[place].chain.holds {
                try effects.annul(BenefitDecision.self, in: &state.days.applications[place].chain, reason: reason)
            } else {
                try effects.publish(status(of: state.days.applications[place], .aborted))
            }
            state.days.applications[place].stage = .aborted
            state.days.applications[place].actsOn = nil
            state.days.applications[place].review = nil
            try effects.set(
                Tile(
                    state.days.applications[place].tile, .corrected,
                    "En uppgift var fel och är rättad. Dagarna betalas inte ut",
                    about: state.days.applications[place].about(effects.subject)), for: guardian)
        }
        setTimers(state, &effects)
    }

    // MARK: - The child's death

    /// Days up to the death are decided and paid; the mother has hers to day 29 after the delivery (SFB 12:5), and each
    /// parent ten days more on application (SFB 13:31 e). A special unit calls.
    static func endDays(at death: Day, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let parents = state.days.parents.filter(\.chain.holds).map(\.holder)
        state.days.bereaved = state.guardians.holders + parents.filter { !state.guardians.holders.contains($0) }
        for place in state.days.applications.indices {
            var application = state.days.applications[place]
            guard application.stage.after(.stopped) != nil, application.benefit != .bereavementDays else { continue }
            let last =
                application.benefit == .parentalBenefit
                ? lastDay(of: application.applicant, afterDeathOn: death, state, effects) : death
            guard last < application.to else { continue }
            application.former = former(application)
            application.to = max(last, application.from)
            if application.chain.holds {
                try effects.cease(decision(application), in: &application.chain, occurredOn: application.to)
                cut(&application)
            }
            state.days.applications[place] = application
        }
        for guardian in state.days.bereaved {
            try effects.set(
                Tile(
                    .parentalBenefit, .informed,
                    "Försäkringskassan ringer dig. Ni kan ha rätt till 29 dagar och 10 dagar var inom 90 dagar"),
                for: guardian)
        }
    }
}
