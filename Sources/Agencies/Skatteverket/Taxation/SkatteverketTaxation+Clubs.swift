import AgencyKit
import LifeEvents

/// A non-profit club applies for its organisation number (H1, H16).
extension SkatteverketTaxation {
    var clubs: [River<Self>] {
        [
            River(
                "take a club's application for a number", hears: OrganisationNumberFiling.self,
                under: [ClubRules.number, ClubRules.handling.legal],
                mine: [
                    Condition("has its statutes and minutes") { _, event in
                        event.data.statutesRef != nil && event.data.minutesRef != nil
                    },
                    Condition("is of a club without a number, or one that waits") { state, _ in
                        state.club.stage.after(.applied) != nil
                    },
                ], handle: Self.takeClub),
            River(
                "ask a club for the papers that are missing", hears: OrganisationNumberFiling.self,
                under: [ClubRules.supplement.legal],
                mine: [
                    Condition("lacks statutes or minutes") { _, event in
                        event.data.statutesRef == nil || event.data.minutesRef == nil
                    },
                    Condition("is the first of a club without a number") { state, _ in
                        state.club.stage.after(.incomplete) != nil
                    },
                ], handle: Self.askClub),
        ]
    }

    private static func takeClub(
        _ state: inout Case, _ event: Event<OrganisationNumberFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.club.take(.applied) else { return }
        state.club.municipality = event.data.municipality
        let morning = effects.morning(afterWorkingDays: effects.value(of: ClubRules.handling))
        effects.setTimer(.club, at: morning)
        let day = Stockholm.day(of: morning)
        try effects.set(
            Tile(
                .organisationNumber, .received,
                "Skatteverket har fått ansökan. Besked väntas \(SwedishText.day(day))", expected: day))
    }

    private static func askClub(
        _ state: inout Case, _ event: Event<OrganisationNumberFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.club.take(.incomplete) else { return }
        let last = SwedishCalendar.adding(workingDays: effects.value(of: ClubRules.supplement), to: effects.today)
        effects.setTimer(.club, at: Stockholm.instant(last.adding(days: 1)))
        let what = event.data.statutesRef == nil ? "stadgarna" : "protokollet från bildandet"
        try effects.set(
            Tile(
                .organisationNumber, .awaitingCitizen,
                "Skicka \(what) senast \(SwedishText.day(last)), annars avslutas ärendet", deadline: last))
    }

    /// The application is decided, or what was missing has not come.
    static func decideClub(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if state.club.take(.lapsed) {
            try effects.set(
                Tile(
                    .organisationNumber, .stopped,
                    "Ärendet är avslutat, för papper saknades. Ni kan ansöka igen"))
            return
        }
        guard state.club.take(.assigned) else { return }
        try effects.publish(
            OrganisationNumberNotice(state: .assigned, municipality: state.club.municipality, kind: .nonProfit))
        try effects.set(
            Tile(
                .organisationNumber, .done,
                "Föreningen har fått organisationsnummer den \(SwedishText.day(effects.today)). Nästa steg: registrera den "
                    + "hos \(Municipalities.name(code: state.club.municipality))s kommun"))
    }
}
