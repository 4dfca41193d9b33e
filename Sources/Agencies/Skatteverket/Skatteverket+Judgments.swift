import AgencyKit
import LifeEvents

/// What a district court decides of a child: an interim order holds at once, a judgment once it can no longer be
/// appealed (förordning 1949:661 1 and 3 §§; B8).
extension Skatteverket {
    var judgments: [River<Self>] {
        [
            River(
                "note a judgment", hears: CourtJudgment.self, as: Self.register, under: [BirthRules.judgment],
                mine: [
                    Self.isAlive(),
                    Condition("is new, or moves a judgment we hold") { state, event in
                        event.isNew || state.child.judgments.contains { event.follows($0) }
                            || state.child.carriedOut.contains { event.corrects($0.chain) }
                    },
                    Condition("is of a child that we hold") { state, _ in
                        state.child.birth.holds || !state.child.relations.isEmpty
                            || state.arrival.stage == .registered
                    },
                ],
                whole: [
                    Condition("names one parent, where parenthood is judged") { _, event in
                        event.data.kind != .parenthood || event.data.holders.count == 1
                    }
                ], handle: Self.noteJudgment),
            River(
                "forget a judgment that a higher court has changed", hears: Annulled<CourtJudgment>.self,
                as: Self.register,
                mine: [
                    Condition("annuls a judgment that does not hold yet") { state, event in
                        state.child.judgments.contains { event.annuls($0) }
                    }
                ],
                handle: { state, event, effects in
                    state.child.judgments.removeAll { event.annuls($0) }
                    Self.setJudgmentTimer(state, &effects)
                }),
            River(
                "undo an order on custody that was carried out", hears: Annulled<CourtJudgment>.self,
                as: Self.register, under: [BirthRules.judgment],
                mine: [
                    Condition("annuls an order that was carried out") { state, event in
                        state.child.carriedOut.contains { event.annuls($0.chain) }
                    }
                ], handle: Self.undoJudgment),
        ]
    }

    private static func noteJudgment(
        _ state: inout Case, _ event: Event<CourtJudgment>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        let judgment = Case.Child.Judgment(
            kind: data.kind, holders: data.holders, isInterim: data.interim, finalOn: data.finalOn)
        if let place = state.child.carriedOut.firstIndex(where: { event.corrects($0.chain) }) {
            // An order that was carried out is another: what it says now is carried out.
            let former = state.child.carriedOut[place].chain.head?.value.holders
            try state.child.carriedOut[place].chain.take(event, judgment)
            guard place == state.child.carriedOut.count - 1, data.holders != former else { return }
            // Who had custody before it and is named now has it as before.
            let before = state.child.carriedOut[place].former
            for index in state.child.relations.indices
            where state.child.relations[index].kind == .custody
                && before.contains(state.child.relations[index].holder)
                && data.holders.contains(state.child.relations[index].holder)
            {
                try effects.restore(
                    FamilyRelation.self, in: &state.child.relations[index].chain, reason: "judgmentCorrected")
            }
            try setCustody(data.holders, &state, &effects)
            for holder in former ?? [] where !before.contains(holder) && !data.holders.contains(holder) {
                try tellNoCustody(holder, &effects)
            }
            return
        }
        if let place = state.child.judgments.firstIndex(where: { event.follows($0) && !event.isNew }) {
            try state.child.judgments[place].take(event, judgment)
        } else {
            state.child.judgments.append(FactChain(event, judgment))
        }
        try judgmentsDue(&state, &effects)
    }

    /// Carries out what holds by now.
    static func judgmentsDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for place in state.child.judgments.indices {
            guard let judgment = state.child.judgments[place].head?.value,
                judgment.isInterim || judgment.finalOn.map({ $0 <= effects.today }) == true
            else { continue }
            switch judgment.kind {
            case .parenthood:
                guard let parent = judgment.holders.first, state.child.take(.agreed) else { continue }
                effects.cancelTimer(.parenthood)
                try registerParent(parent, joint: false, judged: true, &state, &effects)
            case .custody, .guardianAppointed:
                state.child.isJudged = true
                state.child.carriedOut.append(
                    .init(chain: state.child.judgments[place], former: state.child.guardians))
                try setCustody(judgment.holders, &state, &effects)
            }
        }
        state.child.judgments.removeAll {
            guard let judgment = $0.head?.value else { return true }
            return judgment.isInterim || judgment.finalOn.map { $0 <= effects.today } == true
        }
        setJudgmentTimer(state, &effects)
    }

    /// Whom the court has not named loses custody today, and whom it has named gets it.
    private static func setCustody(
        _ holders: [Subject], _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.child.guardians
        custodyMoved(&effects)
        for index in state.child.relations.indices
        where state.child.relations[index].kind == .custody && state.child.relations[index].chain.holds
            && !holders.contains(state.child.relations[index].holder)
        {
            var relation = state.child.relations[index]
            try effects.cease(
                Self.relation(relation.holder, .custody, from: relation.from, state.register.municipality),
                in: &relation.chain,
                occurredOn: effects.today)
            state.child.relations[index] = relation
        }
        for holder in holders where !former.contains(holder) {
            try publishRelation(holder, .custody, from: effects.today, &state, &effects)
            try welcome(holder, &state, &effects)
        }
    }

    static func setJudgmentTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        let days = state.child.judgments.compactMap { $0.head?.value.finalOn }.filter { $0 > effects.today }
        guard let next = days.min() else { return effects.cancelTimer(.judgment) }
        effects.setTimer(.judgment, at: Stockholm.instant(next))
    }
}
