import AgencyKit
import LifeEvents

extension SkatteverketCase {
    /// Who has moved to Sweden: `NONE → ID_CHECKED → INVESTIGATED → REGISTERED | REFUSED`.
    struct Arrival: CasePart {
        enum Stage: String, Codable, Sendable {
            case none
            /// The officer has compared the card with the person.
            case checked
            /// Something is lacking to prove who the person is.
            case unsure
            case registered
            case refused

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .checked), (.checked, .checked), (.unsure, .checked), (.refused, .checked): .checked
                case (.none, .doubted), (.checked, .doubted), (.unsure, .doubted), (.refused, .doubted): .unsure
                case (.checked, .registered), (.unsure, .registered): .registered
                case (.checked, .refused), (.unsure, .refused): .refused
                case (.registered, .undone): Stage.none
                default: nil
                }
            }
        }

        enum Trigger { case checked, doubted, registered, refused, undone }

        /// From when to when a permit holds.
        struct Term: Codable, Hashable, Sendable {
            var from: Day
            /// nil: it is permanent.
            var to: Day?
        }

        /// A notice that is not decided.
        struct Notice: Codable, Equatable, Sendable {
            var filedBy: Subject
            var municipality: String?
            var addressRef: String?
            /// From when the registration would hold.
            var from: Day
            var birthDate: Day?
        }

        var stage = Stage.none
        var permit = FactChain<Term>()
        var household = ArrivedHousehold()
        var notice: Notice?
        /// What we have said of the registration.
        var chain = ChainHead()
        /// Whether the card has been compared with the person.
        var isProven = false
        /// Who asked for the coordination number.
        var asker: [AgencyID]?
        /// Who has asked for an identity card, and whether it is in hand.
        var cardFilers: [Subject] = []
        var cardTo: Subject?

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}
