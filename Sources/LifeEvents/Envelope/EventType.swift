/// The type of an event: its topic, or topic and facet: `skatteverket.birth.v1`, `kommun.filing.application.v1`.
public struct EventType: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The CloudEvents `type`.
    public let name: String
    /// The Kafka topic: the type without its facet.
    public let topic: String

    /// A type by its name, `<owner>.<noun>[.<facet>].v<N>`.
    public init(_ name: String) {
        self.name = name
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        topic = parts.count == 4 ? "\(parts[0]).\(parts[1]).\(parts[3])" : name
    }

    /// Whose contract the topic is; nil if the name does not begin with an owner.
    public var owner: Owner? { Owner(text: name.prefix { $0 != "." }) }

    /// Whether people file it: what is sent to an agency is a topic of its own for each owner.
    public var isFiling: Bool { topic.split(separator: ".").dropFirst().first == "filing" }

    /// The text of the name.
    public var description: String { name }

    /// By name.
    public static func < (left: EventType, right: EventType) -> Bool { left.name < right.name }
}
