/// How much a file may ask for. The defaults let a hostile file cost about 100 ms and 60 MB at most.
public struct YAMLLimits: Sendable {
    /// The largest file, in bytes.
    public var bytes: Int
    /// The deepest nesting; a mapping at the top is level 1.
    public var depth: Int
    /// The most values: keys, scalars, sequences and mappings together.
    public var nodes: Int

    /// 1 MiB, 64 levels, 100,000 values.
    public static let `default` = YAMLLimits(bytes: 1_048_576, depth: 64, nodes: 100_000)

    /// Limits with every part given.
    public init(bytes: Int, depth: Int, nodes: Int) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
    }
}
