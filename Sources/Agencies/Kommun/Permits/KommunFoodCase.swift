public import AgencyKit
import LifeEvents

/// What environment and health remembers of one firm: `NONE → INVITED → FILED → REGISTERED → ACTIVE → CEASED`.
public struct KommunFoodCase: AgencyCase {
    enum Stage: String, Codable, Sendable {
        case none, invited, filed, registered, active
        /// The firm is bankrupt: the trustee says whether the business goes on.
        case trusteeAsked
        case ceased

        /// Where a trigger leads; nil: it does nothing here.
        func after(_ trigger: Trigger) -> Stage? {
            switch (self, trigger) {
            case (.none, .invited): .invited
            case (.none, .filed), (.invited, .filed), (.ceased, .filed): .filed
            case (.none, .adopted), (.invited, .adopted): .active
            case (.filed, .decided): .registered
            case (.registered, .begun): .active
            case (.filed, .bankrupt), (.registered, .bankrupt), (.active, .bankrupt): .trusteeAsked
            case (.trusteeAsked, .continues): .active
            case (.trusteeAsked, .ended): .ceased
            case (.trusteeAsked, .lifted(let stage)), (.ceased, .lifted(let stage)), (.active, .lifted(let stage)):
                stage
            default: nil
            }
        }
    }

    enum Trigger: Sendable {
        case invited, filed, adopted, decided, begun, bankrupt, continues, ended
        case lifted(to: Stage)
    }

    var stage = Stage.none
    /// What stood before a bankruptcy.
    var before: Stage?
    var signatories = Signatories()
    /// The last event that told of the firm, and its name for the form.
    var company = ChainHead()
    var name: String?
    /// How the firm stands with the tax, for the form.
    var tax: TaxRegistration?
    /// The registration, as it was told last, and by which event.
    var permit: Permit?
    var head: EventID?
    /// Whether the end of the business is to be decided.
    var stops = false
    /// The end that was told.
    var end: EventID?
    var startOn: Day?
    /// From when the business may begin; nil: nothing is asked for.
    var mayBegin: Day?
    /// A referral of a serving permit.
    @Part var serving: KnownServing

    /// Nothing.
    public init() {}

    /// Moves if the trigger leads anywhere.
    @discardableResult
    mutating func take(_ trigger: Trigger) -> Bool {
        guard let next = stage.after(trigger) else { return false }
        stage = next
        return true
    }
}

extension KommunFoodCase: KnowsServing {}
