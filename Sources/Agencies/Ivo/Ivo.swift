public import AgencyKit
public import LifeEvents

/// IVO, the inspectorate of health and social care: it is told of care that was granted and has not begun, and only reads
/// (socialtjänstlagen 34 kap.). That a court imposes a fine on its application is no message of this model.
public struct Ivo: Agency {
    /// What is remembered of one person's care.
    public struct Case: AgencyCase {
        /// The last report of each service, in the order in which they came.
        var reports: [Report] = []

        /// Nothing is known.
        public init() {}
    }

    struct Report: Codable, Equatable, Sendable {
        var service: ElderCareService
        var decidedOn: Day
        var state: OverdueState
        /// How many quarters it has been overdue at the last day.
        var quarters: Int
    }

    /// Nothing is waited for.
    public typealias Timer = NoTimer

    /// It writes nothing.
    public static let owner = Owner.ivo

    /// The inspectorate.
    public init() {}

    /// What it hears: reports of overdue care.
    public var rivers: [River<Self>] {
        [
            River(
                "note care that is overdue", hears: OverdueCare.self,
                handle: { state, event, _ in
                    let known = state.reports.firstIndex {
                        $0.service == event.data.service && $0.decidedOn == event.data.decidedOn
                    }
                    let before = known.map { state.reports[$0].quarters } ?? 0
                    let report = Report(
                        service: event.data.service, decidedOn: event.data.decidedOn, state: event.data.state,
                        quarters: before + (event.data.state == .overdue ? 1 : 0))
                    if let known { state.reports[known] = report } else { state.reports.append(report) }
                })
        ]
    }
}
