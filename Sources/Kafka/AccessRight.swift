/// A right that Kafka's authorizer knows (ACL): who may do what with a topic or a group.
public struct AccessRight: Hashable, Sendable {
    /// What a right is for.
    public enum Resource: Hashable, Sendable {
        /// The topic of this name.
        case topic(String)
        /// All consumer groups whose names begin so.
        case groups(prefix: String)
    }

    /// What may be done; each includes to look at the resource.
    public enum Operation: String, Sendable {
        /// Reading.
        case read
        /// Writing.
        case write
    }

    /// Who: `User:anna`.
    public let principal: String
    /// What may be done.
    public let operation: Operation
    /// With what.
    public let resource: Resource

    /// A right by its parts.
    public init(principal: String, operation: Operation, resource: Resource) {
        self.principal = principal
        self.operation = operation
        self.resource = resource
    }
}
