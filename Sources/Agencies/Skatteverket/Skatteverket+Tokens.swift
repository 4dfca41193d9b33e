import AgencyKit
import LifeEvents

/// Tokens (D5): one for each of the next of kin at the death, and for who acts for the estate later. Who has nothing to do
/// with it any more loses the token, and what was proved by it is proved no longer.
extension Skatteverket {
    /// One token for each of the next of kin; only the register can resolve it.
    static func giveTokens(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for holder in state.nextOfKin(of: effects.subject, on: effects.today) {
            try giveToken(to: holder, &state, &effects)
        }
    }

    private static func giveToken(
        to holder: Subject, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let validUntil = effects.today.adding(days: effects.value(of: DeathRules.token))
        state.death.given += 1
        var token = Case.Token(
            holder: holder, ref: "token-\(state.death.given)", validUntil: validUntil, chain: ChainHead())
        // Who has protected data is handed the token by a named function.
        if !state.register.isProtected(holder) {
            try effects.publish(
                GuideToken(holder: holder, tokenRef: token.ref, validUntil: validUntil), in: &token.chain)
        }
        state.death.tokens.append(token)
        if !state.death.told.contains(holder) { state.death.told.append(holder) }
    }

    /// Others are next of kin, or act for the estate, than were.
    static func renewTokens(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.death.stage == .dead else { return }
        let actors = state.actors(of: effects.subject, on: effects.today)
        let near = state.nextOfKin(of: effects.subject, on: effects.today)
        for index in state.death.tokens.indices.reversed()
        where !(near + actors).contains(state.death.tokens[index].holder) {
            var token = state.death.tokens.remove(at: index)
            try effects.annul(GuideToken.self, in: &token.chain, reason: "notValid")
            guard !state.register.isDead(token.holder), token.holder != state.register.spouse else { continue }
            try effects.set(
                Tile(
                    .deathRegistered, .corrected,
                    "Rättat: du sköter inte längre dödsboet. Du behöver inte göra något", about: effects.subject),
                for: token.holder)
        }
        for holder in near + actors.filter({ !near.contains($0) })
        where !state.death.tokens.contains(where: { $0.holder == holder }) {
            try giveToken(to: holder, &state, &effects)
            try effects.set(Tile(.deathRegistered, .informed, registeredText, about: effects.subject), for: holder)
        }
        for index in state.death.proved.indices.reversed() where !actors.contains(state.death.proved[index].holder) {
            let proved = state.death.proved.remove(at: index)
            try effects.publish(
                DeathProofAnswer(
                    caseRef: proved.caseRef, asker: proved.asker, status: .answered, deathDate: state.death.date,
                    mayAct: false), purpose: estateAdministration)
        }
    }

    /// What who settles an estate is told at first.
    static let registeredText =
        "Dödsfallet är registrerat hos Skatteverket. Myndigheter får veta automatiskt. Banker, hyresvärd och andra företag "
        + "kan du behöva kontakta själv. Stöd: efterlevandeguiden.se"
}
