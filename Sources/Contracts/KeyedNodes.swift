/// The values of an object by key. Objects have few keys, so they are looked for one after another: a dictionary of each of
/// the thousands of objects that a folder of contracts has took longer than reading them.
package struct KeyedNodes<Node> {
    private var nodes: [(key: String, node: Node)] = []

    /// No key yet.
    package init() {}

    mutating func append(_ key: String, _ node: Node) { nodes.append((key, node)) }

    /// The value of a key; nil where the object has none.
    package subscript(_ key: String) -> Node? { nodes.first { $0.key == key }?.node }

    func mapValues<Value>(_ transform: (Node) -> Value) -> KeyedNodes<Value> {
        var mapped = KeyedNodes<Value>()
        mapped.nodes = nodes.map { ($0.key, transform($0.node)) }
        return mapped
    }

    static func + (left: KeyedNodes, right: KeyedNodes) -> KeyedNodes {
        var both = left
        both.nodes += right.nodes
        return both
    }
}

extension KeyedNodes: Sendable where Node: Sendable {}

extension String {
    /// Whether there is something in it but white space.
    var hasWords: Bool {
        // Nearly all begin with a letter; what else is white space the language says, at a price.
        utf8.contains { 0x21..<0x7F ~= $0 } || contains { !$0.isWhitespace }
    }
}
