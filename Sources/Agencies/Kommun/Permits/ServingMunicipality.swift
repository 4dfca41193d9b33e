import AgencyKit
import LifeEvents

/// How a municipality handles serving permits: a row of configuration each, as its own pages say; where they say nothing the
/// row of Helsingborg stands in.
struct ServingMunicipality: Sendable {
    /// Who is asked for an opinion.
    enum Party: Sendable { case police, tax, enforcement, rescue, food }

    /// Who decides.
    enum Decider: Sendable {
        /// A committee that meets.
        case committee
        /// An officer, by delegation (KL 6:37).
        case delegate
    }

    /// In which order the others are asked.
    enum Lane: Sendable {
        /// All at once.
        case parallel
        /// One when the one before has answered, or has not answered in time.
        case serial
    }

    /// The municipality's code.
    let code: String
    /// What it calls who decides.
    let body: String
    var decider = Decider.committee
    var parties: [Party] = [.police, .tax, .enforcement, .rescue, .food]
    var lane = Lane.parallel
    /// SEK for the trial of an application; nil: not found.
    var fee: Int?
    /// SEK for each test of knowledge; nil: not found.
    var testFee: Int?

    /// The rows that were found.
    static let all: [ServingMunicipality] = [
        ServingMunicipality(
            code: "0140", body: "vård- och omsorgsnämnden", parties: [.police, .tax, .enforcement, .rescue, .food],
            lane: .serial),
        ServingMunicipality(code: "0180", body: "tillståndsenheten", parties: [.police, .tax], fee: 12_590),
        ServingMunicipality(code: "0382", body: "nämnden", parties: [.police, .tax, .enforcement, .rescue]),
        ServingMunicipality(code: "0821", body: "nämnden", fee: 6_000),
        ServingMunicipality(code: "1283", body: "socialnämnden"),
        ServingMunicipality(code: "1384", body: "nämnden för miljö och hälsoskydd"),
        ServingMunicipality(code: "1490", body: "nämnden", fee: 12_000, testFee: 1_500),
        ServingMunicipality(code: "1780", body: "arbetsmarknads- och socialnämnden", decider: .delegate),
        ServingMunicipality(code: "2101", body: "individ- och familjeomsorgsnämnden"),
        ServingMunicipality(code: "2184", body: "nämnden", fee: 10_440, testFee: 1_560),
        ServingMunicipality(code: "2463", body: "nämnden", fee: 5_000, testFee: 1_500),
        ServingMunicipality(
            code: "2480", body: "miljö- och hälsoskyddsnämnden", parties: [.police, .tax, .rescue]),
    ]

    /// The row of a municipality.
    static func row(_ code: String) -> ServingMunicipality {
        all.first { $0.code == code } ?? ServingMunicipality(code: code, body: "nämnden")
    }

    /// Who is asked, in the order of asking.
    func asked() -> [AgencyID] {
        parties.compactMap { party in
            switch party {
            case .police: .polisen
            case .tax: .skatteverket
            case .enforcement: .kronofogden
            case .rescue: Int(code).map { AgencyID.raddningstjanst($0) }
            case .food: Municipalities.agency(code: code)
            }
        }
    }

    /// What one who is asked is called in a sentence.
    static func name(_ party: AgencyID) -> String {
        switch party.owner {
        case .polisen: "polisen"
        case .skatteverket: "Skatteverket"
        case .kronofogden: "Kronofogden"
        case .raddningstjanst: "räddningstjänsten"
        default: "miljöförvaltningen"
        }
    }
}

/// The diary of a committee (P11).
enum ServingDiary {
    /// Meetings of 2026: none in July.
    private static let days: [(month: Int, day: Int)] = [
        (5, 28), (6, 18), (8, 27), (9, 24), (10, 22), (11, 19), (12, 17),
    ]

    /// The meetings that are known, in order.
    static let meetings: [Day] = days.compactMap { Day(year: 2026, month: $0.month, dayOfMonth: $0.day) }

    /// The first meeting whose papers are still open on a day; nil: none is planned yet.
    static func meeting(readyOn day: Day, papersBefore days: Int) -> Day? {
        meetings.first { day <= $0.adding(days: -days) }
    }

    /// Whether the recess of July lies between two days.
    static func isRecess(from day: Day, to meeting: Day) -> Bool {
        day <= Day(year: day.year, month: 7, dayOfMonth: 1) ?? day
            && meeting > Day(year: day.year, month: 7, dayOfMonth: 31) ?? day
    }
}
