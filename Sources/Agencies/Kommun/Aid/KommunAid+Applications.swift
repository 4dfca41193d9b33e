import AgencyKit
import LifeEvents

/// An application: the one files, each further adult signs for himself (A1, A19).
extension KommunAid {
    var applications: [River<Self>] {
        [
            River(
                "take an application", hears: AidApplication.self,
                under: [AidRules.right, AidRules.opens.legal, AidRules.signature.legal, AidRules.residence],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a month that is not applied for, or an emergency") { state, event in
                        event.data.emergency == true
                            || (state.place(of: event.data.month).map { !state.months[$0].isOpen } ?? true)
                    }
                ],
                whole: [
                    Condition("is filed by the applicant, or by a god man in scope") { state, event in
                        event.data.filedBy == event.subject
                            || state.representatives.mayAct(event.data.filedBy, on: event.knownOn)
                    },
                    Condition("is of one who is alive") { state, _ in !state.death.holds },
                    Condition("names the applicant in the household") { _, event in
                        event.data.household.contains { $0.person == event.subject && $0.role == .applicant }
                    },
                    Condition("is said on honour") { _, event in event.data.onHonour },
                    Condition("is of a month that is open: from the 15th of the month before") { _, event in
                        event.knownOn >= AidMonth.opens(event.data.month, event.value(of: AidRules.opens))
                            && event.knownOn <= event.data.month.lastDay
                    },
                    Condition("is of a month that was not paid with another household") { state, event in
                        !state.paidWithOthers.contains(event.data.month)
                    },
                    Condition("is of one who lives here in the month") { state, event in
                        state.movedTo == nil || state.transfer == .refused
                            || event.data.month <= Month(of: state.move.chain.head?.value ?? .latest)
                    },
                    // In need at once it is the municipality's where one is (SoL 29 kap.).
                    Condition("is of one registered in Sweden in the month, or in need at once") { state, event in
                        !state.abroad.holds || event.data.emergency == true
                            || event.data.month <= Month(of: state.abroad.head?.value ?? .latest)
                    },
                ], handle: Self.apply),
            River(
                "pass over an application that comes twice", hears: AidApplication.self,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a month that is open already, and not the one that opened it") { state, event in
                        event.data.emergency != true
                            && state.place(of: event.data.month).map {
                                state.months[$0].isOpen && state.months[$0].openedBy != event.id
                            } ?? false
                    }
                ],
                handle: { state, event, effects in
                    guard let place = state.place(of: event.data.month), state.months[place].stage != .applied else {
                        return
                    }
                    try Self.tell(
                        state.months[place].adults, .aidApplication, .received,
                        "Ansökan för \(state.months[place].name) har vi redan. Du behöver inte ansöka igen.", state,
                        &effects)
                }),
            River(
                "take a signature", hears: AidSignature.self, under: [AidRules.signature.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of an application that waits for signatures") { state, event in
                        state.place(of: event.data.caseRef).map { state.months[$0].stage == .applied } ?? false
                    }
                ],
                whole: [
                    Condition("is filed by the further adult for himself") { state, event in
                        state.place(of: event.data.caseRef).map {
                            state.months[$0].unsigned.contains(event.data.filedBy)
                        } ?? false
                    }
                ], handle: Self.sign),
            River(
                "tell of a signature that somebody else tried", hears: AidSignature.self,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is filed by who may not sign") { state, event in
                        state.place(of: event.data.caseRef).map {
                            state.months[$0].stage == .applied
                                && !state.months[$0].unsigned.contains(event.data.filedBy)
                                && !(state.months[$0].signed.contains(event.data.filedBy)
                                    && event.data.filedBy != event.subject)
                        } ?? false
                    }
                ],
                handle: { state, event, effects in
                    guard let place = state.place(of: event.data.caseRef) else { return }
                    let month = state.months[place]
                    let last = Self.signBy(month)
                    try Self.tell(
                        month.unsigned, .aidApplication, .awaitingCitizen,
                        "Någon annan försökte skriva under ansökan för \(month.name) åt dig. Den gäller först när du "
                            + "själv skriver under, senast \(SwedishText.day(last)).", state, &effects, deadline: last)
                }),
        ]
    }

    private static func signBy(_ month: AidMonth) -> Day {
        month.due.map { Stockholm.day(of: $0).adding(days: -1) } ?? month.month.firstDay
    }

    private static func apply(
        _ state: inout Case, _ event: Event<AidApplication>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        var month = AidMonth(
            month: data.month, caseRef: "aid-\(data.month)", members: data.household,
            costs: .init(
                rent: data.rent ?? 0, power: data.power ?? 0, insurance: data.insurance ?? 0, fund: data.fund ?? 0,
                other: data.other ?? 0), declared: data.income ?? 0, signed: [event.subject], payee: event.subject,
            openedBy: event.id, cause: effects.cause)
        month.rentTo = data.rentTo
        if data.emergency == true { return try grantEmergency(month, &state, &effects) }
        state.months.removeAll { $0.month == data.month }
        // A grown child who is not at school is a household of its own.
        let grownUp = month.household.grown.map(\.person)
        for grown in grownUp {
            try tell(
                [grown], .aidApplication, .awaitingCitizen,
                "Du har fyllt 18 år och går inte i skolan. Ansök själv om bistånd för \(month.name) om du behöver det. "
                    + "Annars räknas du inte med.", state, &effects, deadline: month.month.lastDay)
        }
        month.members.removeAll { grownUp.contains($0.person) }
        let here = "Ansökan för \(month.name) kom in \(SwedishText.day(effects.today))."
        guard month.unsigned.isEmpty else {
            let last = effects.today.adding(days: effects.value(of: AidRules.signature))
            month.due = Stockholm.instant(last.adding(days: 1))
            try tell(
                [effects.subject], .aidApplication, .received, "\(here) Den andra vuxna behöver skriva under.", state,
                &effects)
            try tell(
                month.unsigned, .aidApplication, .awaitingCitizen,
                "Läs ansökan för \(month.name) och skriv under senast \(SwedishText.day(last)). Annars kan ni inte få "
                    + "något beslut.", state, &effects, deadline: last)
            state.months.append(month)
            return setTimer(state, &effects)
        }
        month.plan = plan(for: month.month, state, effects)
        if month.plan == nil {
            try tell([effects.subject], .aidApplication, .received, here, state, &effects)
        }
        state.months.append(month)
        try begin(state.months.count - 1, &state, &effects)
        setTimer(state, &effects)
    }

    private static func sign(
        _ state: inout Case, _ event: Event<AidSignature>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.place(of: event.data.caseRef) else { return }
        state.months[place].cause = effects.cause
        guard event.data.agrees else {
            state.months[place].due = nil
            return try lapse(place, &state, &effects)
        }
        state.months[place].signed.append(event.data.filedBy)
        guard state.months[place].unsigned.isEmpty else { return }
        try begin(place, &state, &effects)
        setTimer(state, &effects)
    }

    /// All have signed: the day of decision is known, and the sources are asked.
    static func begin(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.months[place].take(.signed)
        let isRepeated = state.isKnown || !state.paid.isEmpty || state.months.contains { $0.decided != nil }
        let isNewcomer = state.months[place].plan != nil
        let days = effects.value(
            of: isNewcomer ? ArrivalRules.aidDecision : isRepeated ? AidRules.repeatCase : AidRules.newCase)
        state.months[place].expected = SwedishCalendar.adding(workingDays: days, to: effects.today)
        if try asksElsewhere(place, &state, &effects) { return }
        try fetch(place, &state, &effects)
    }

    /// The time to sign is over, or somebody has said no: nothing is decided, and no source was ever asked.
    static func lapse(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.months[place].take(.lapsed) else { return }
        let month = state.months[place]
        state.months[place].due = nil
        let by = SwedishCalendar.lastDayMoved(effects.today.adding(days: 7 * effects.value(of: AidRules.appeal)))
        try tell(
            month.adults, .aidApplication, .decided,
            "Ansökan för \(month.name) avvisas, för att alla vuxna inte har skrivit under. Ansök igen om ni behöver "
                + "bistånd. Överklaga senast \(SwedishText.day(by)).", state, &effects, cause: month.cause, reviewBy: by
        )
        setTimer(state, &effects)
    }

    /// No right, no food: a person pays the same day, and nobody is asked.
    private static func grantEmergency(
        _ month: AidMonth, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        var month = month
        month.stage = .paid
        (month.decided, month.decidedOn) = (month.costs.sum, effects.today)
        month.due = Stockholm.instant(month.month.next.firstDay)
        month.caseRef += "-emergency"
        try publish(.decided, of: month, &effects)
        try effects.publish(
            MunicipalPayment(
                benefit: .financialAid, municipality: effects.municipality, month: month.month, amount: month.costs.sum,
                kind: .paid, payee: effects.subject, paidOn: effects.today))
        try tell(
            [effects.subject], .aidPayment, .done,
            "\(InsuranceRules.kronor(month.costs.sum)) till mat betalas ut i dag, \(SwedishText.day(effects.today)). Det är "
                + "en nödhjälp och gäller en gång.", state, &effects)
        state.months.append(month)
        setTimer(state, &effects)
    }
}
