public import AgencyKit
import LifeEvents

/// What a region remembers of one person.
public struct RegionCase: AgencyCase {
    @Part var childHealth: ChildHealth
    @Part var healthCare: HealthCare
    @Part var stay: Stay
    /// Who acts for the patient; never consents to treatment.
    @Part var godMan: KnownGodMan
    /// The court's question for a certificate.
    @Part var question: Question
    @Part var certificates: Certificates
    /// The registration by which a health check was offered.
    @Part var healthCheck: HealthCheck
    /// The death, once care has been recalled.
    @Part var death: ChainHead

    /// A person of whom nothing is known.
    public init() {}
}

extension RegionCase {
    /// A health check that is offered to who has moved to Sweden.
    struct HealthCheck: CasePart {
        var immigration = ChainHead()
        /// Who was told.
        var told: Subject?
    }

    /// Child health (BVC) for a newborn.
    struct ChildHealth: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, called, recalled

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .born): .called
                case (.called, .subjectDied): .recalled
                case (.recalled, .deathAnnulled): .called
                case (.called, .birthAnnulled), (.recalled, .birthAnnulled): Stage.none
                default: nil
                }
            }
        }

        enum Trigger { case born, subjectDied, deathAnnulled, birthAnnulled }

        var stage = Stage.none
        var birth = ChainHead()
        var birthDate: Day?
        /// The day the birth became known here, from which the home visit is counted.
        var registeredOn: Day?
        /// The visit that is next.
        var next: ChildHealthVisit?
        /// Who is called and told.
        var guardians = Guardians()

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// Whether a person has moved into the county.
    struct HealthCare: CasePart {
        /// The move, with its day: what a second notice of the same move repeats.
        var move = FactChain<Day>()
        /// Whether a child moved: then its guardians are told, once the register says who has custody here.
        var isChild = false
        /// Since when the region is responsible, as it has been told.
        var from: Day?
        /// Guardians who have been told.
        var told: [Subject] = []
        /// The departure from the country that we acted on.
        var abroad = ChainHead()
        /// Guardians who have been told of it, of a minor.
        var toldAbroad: [Subject] = []
    }
}

extension RegionCase: KnowsGodMan {}

extension RegionCase {
    /// That a court wants a certificate, which a doctor writes or does not.
    struct Question: CasePart {
        var caseRef: String?

        init() {}
    }
}
