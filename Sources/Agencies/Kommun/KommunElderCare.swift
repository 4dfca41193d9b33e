public import AgencyKit
public import LifeEvents

/// Elder care (äldreomsorg) of the municipalities: what held before, and what a move, a departure and a death make of it.
///
/// A branch of its own: no other branch of a municipality sees its cases (OSL 8:2).
public struct KommunElderCare: Agency {
    /// What it remembers of one inhabitant.
    public typealias Case = KommunElderCareCase

    /// What it waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The time for which help goes on after a move is over.
        case help = "help-after-a-move"
    }

    /// Writes `kommun.*`.
    public static let owner = Owner.kommun
    /// Elder care.
    public static let branch: Branch? = Branch("aldreomsorg")
    /// What it publishes.
    public static let publications = [Publication(ElderCare.self), Publication(StatusTile.self)]
    /// What it goes by.
    public static let rules: [LegalRule] = [CareRules.responsible, CareRules.oldHelp.legal]

    /// The branch.
    public init() {}

    /// What it hears.
    public var rivers: [River<Self>] { services + moves + deaths }

    /// The time for which the old help goes on is over.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .help: try Self.endOldHelp(&state, &effects)
        }
    }

    private var services: [River<Self>] {
        [
            River(
                "adopt a service of elder care", hears: ElderCare.self,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is a started service") { _, event in event.isNew && event.data.state == .started },
                    Condition("does not have the service") { state, event in
                        !state.services.contains { $0.service == event.data.service && $0.stage != .ended }
                    },
                ],
                handle: { state, event, _ in
                    state.services.removeAll { $0.service == event.data.service }
                    state.services.append(.init(service: event.data.service, chain: ChainHead(event)))
                })
        ]
    }
}

/// The rules of elder care at a move.
enum CareRules {
    static let responsible = LegalRule(
        "M19", "the municipality of residence is responsible; the old decision does not follow",
        source: "SoL 2025:400 29 kap.; prop. 2010/11:49")
    static let oldHelp = DatedRule(
        "old-help", "M19", "help of the old municipality goes on after the decision on the move for at most", .days,
        [.since(2026, 1, 1, 14)], source: "none", mark: .assumption)
}
