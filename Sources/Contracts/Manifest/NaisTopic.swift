/// A topic as nais's manifest describes it (`apiVersion: kafka.nais.io/v1`, `kind: Topic`), whoever wrote it.
public struct NaisTopic: Hashable, Sendable {
    /// The name without the namespace: `birth.v1`.
    public let name: String
    /// The team's namespace.
    public let namespace: String
    /// The team that owns it, from the label `team`.
    public let team: String
    /// Where the topic lies, such as `nav-prod`.
    public let pool: String
    /// The settings, defaults filled in.
    public let config: TopicConfig
    /// The access list in the file's order; a name may have `*` in it.
    public let access: [AccessRule]
    /// The manifest's path, as it was named.
    public let file: String

    /// The name in Kafka: `<namespace>.<name>`.
    public var fullName: String { "\(namespace).\(name)" }
}
