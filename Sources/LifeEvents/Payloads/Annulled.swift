/// The data of an ANNULLED event: the fact never held, so its values are not repeated.
public struct Annulled<Fact: LifeEvent>: LifeEvent {
    /// The type of the fact that is annulled.
    public static var type: EventType { Fact.type }

    /// Why, as a short code.
    public var reasonCode: String

    /// An annulment for a reason.
    public init(reasonCode: String) {
        self.reasonCode = reasonCode
    }
}
