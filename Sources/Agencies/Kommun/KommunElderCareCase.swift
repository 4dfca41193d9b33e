public import AgencyKit
import LifeEvents

/// What elder care remembers of one inhabitant.
public struct KommunElderCareCase: AgencyCase {
    /// The services, in the order in which they were told.
    var services: [Service] = []
    @Part var move: KnownMove
    /// Until when help goes on after a move.
    var helpUntil: Day?
    /// The municipality to which the person has moved.
    var movedTo: String?
    /// Whether the municipality to which the person has moved has taken over.
    var isTakenOver = false
    /// The municipality that is offered the case.
    var offeredTo: String?
    var consents: [KnownConsent] = []
    /// What is asked for here.
    var application: Application?
    /// The departure from the country that ended the services.
    @Part var abroad: ChainHead
    /// The death, with its day, also where nothing was open.
    @Part var death: FactChain<Day>
    /// What is asked for here, from hospital to home.
    @Part var care: Care
    /// The opinion that a court waits for.
    @Part var opinion: Opinion
    /// Of a desk: who waits for a place, and what is free.
    @Part var places: Places

    /// A person of whom nothing is known.
    public init() {}

    /// Whether some service goes on.
    var isOpen: Bool { services.contains { $0.stage != .ended } || care.requests.contains(where: \.isOpen) }

    /// One service (insats).
    struct Service: Codable, Equatable, Sendable {
        enum Stage: String, Codable, Sendable {
            case started
            /// CONTINUES: the person has moved away, the help goes on for a time.
            case continues
            case ended

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.started, .movedOut): .continues
                case (.continues, .moveAnnulled): .started
                case (.started, .ended), (.continues, .ended): .ended
                case (.ended, .restored): .started
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case movedOut, moveAnnulled, ended, restored }

        var service: ElderCareService
        var stage = Stage.started
        var chain: ChainHead
        /// Why it has ended.
        var reason: ElderCareReason?
        /// Whether it was given for a move into the municipality.
        var isForMove = false

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}
