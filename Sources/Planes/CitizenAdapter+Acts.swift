public import AgencyKit
import LifeEvents

/// What people do when its time has come.
extension CitizenAdapter {
    /// What people do towards bodies.
    public static var publications: [Publication] { [Publication(CitizenContact.self)] }

    /// Does what is due.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let now = effects.now.milliseconds
        for act in state.acts where act.at <= now {
            try effects.publish(
                CitizenContact(
                    carrier: act.carrier, to: act.to, branch: act.branch, way: act.way, why: act.why,
                    message: act.message, outcome: act.outcome), cause: act.cause)
        }
        state.acts.removeAll { $0.at <= now }
        for filing in state.filings where filing.at <= now {
            guard let intention = intentions[effects.subject]?.first(where: { $0.step == filing.step }) else {
                continue
            }
            try effects.publish(
                encoded: intention.data, of: EventType(intention.type), about: intention.subject,
                occurredAt: intention.occurredAt,
                cause: Cause(message: filing.cause.message, journey: intention.journey ?? filing.cause.journey))
        }
        state.filings.removeAll { $0.at <= now }
        set(&state, &effects)
    }
}
