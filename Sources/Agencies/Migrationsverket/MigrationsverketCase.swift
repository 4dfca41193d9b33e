public import AgencyKit
import LifeEvents

/// What Migrationsverket remembers of one person: `APPLIED → GRANTED → ASSIGNED → SETTLED`, or `CEASED`.
public struct MigrationsverketCase: AgencyCase {
    @Part var permit: Permit
    /// The number that was asked for.
    @Part var number: ChainHead
    /// Who acts for a child alone.
    @Part var godMan: KnownGodMan

    /// Nobody.
    public init() {}

    /// From when to when a permit holds.
    struct Term: Codable, Hashable, Sendable {
        var from: Day
        /// nil: it is permanent.
        var to: Day?
    }

    /// A permit and where its holder is to live.
    struct Permit: CasePart {
        enum Stage: String, Codable, Sendable {
            case none
            case granted
            /// A municipality is to receive the household.
            case assigned
            /// Lives in a municipality.
            case settled
            /// Has said no to a home, or lives in one of one's own.
            case ownHome
            case refused
            /// Withdrawn, or over.
            case ceased

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .granted), (.refused, .granted), (.ceased, .granted): .granted
                case (.granted, .assigned): .assigned
                case (.granted, .livesByOneself), (.assigned, .declined): .ownHome
                case (.assigned, .received): .settled
                case (.none, .refused): .refused
                case (.granted, .ended), (.assigned, .ended), (.settled, .ended), (.ownHome, .ended): .ceased
                case (.ceased, .restored): .settled
                case (_, .annulled): Stage.none
                default: nil
                }
            }
        }

        enum Trigger { case granted, assigned, livesByOneself, received, declined, refused, ended, restored, annulled }

        var stage = Stage.none
        var chain = FactChain<Term>()
        var household = ArrivedHousehold()
        var isPermanent = false
        var isForEstablishment = false
        /// What we have said of a municipality.
        var assignment = ChainHead()
        /// A refusal, or a withdrawal that is not final.
        var refusal = ChainHead()
        var refusedOn: Day?
        var isAppealed = false
        /// When a further permit was sought.
        var soughtOn: Day?

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}

extension MigrationsverketCase: KnowsGodMan {}
