import LifeEvents

/// The messages of a world by what caused them.
///
/// A message's **position** says where in the tree it stands, without ids: its cause's position, who sent it, what, about
/// whom, and which of several such it is. Two runs' messages at one position are the same message.
struct CausalTree {
    struct Node {
        /// The message's number in the world.
        var message: Int
        var position: String
        var depth: Int
        var parent: Int?
        var children: [Int] = []
    }

    /// In the order of the world's messages.
    private(set) var nodes: [Node] = []
    /// Messages without a cause in the world: what the scenario or an outsider published.
    private(set) var roots: [Int] = []
    private(set) var places: [EventID: Int] = [:]

    init(_ one: WorldLog) {
        nodes.reserveCapacity(one.messages.count)
        var counts: [String: Int] = [:]
        for (number, message) in one.messages.enumerated() {
            // A cause is always older than what it caused, so it has its node already.
            let parent = message.cause.flatMap { places[$0] }
            let start = (parent.map { nodes[$0].position } ?? "") + "/" + message.label
            let nth = counts[start, default: 0] + 1
            counts[start] = nth
            let node = Node(
                message: number, position: nth == 1 ? start : "\(start)#\(nth)",
                depth: parent.map { nodes[$0].depth + 1 } ?? 0, parent: parent)
            if let parent { nodes[parent].children.append(number) } else { roots.append(number) }
            if places[message.id] == nil { places[message.id] = number }
            nodes.append(node)
        }
    }

    /// Node numbers from the roots down, each node before what it caused; neighbours by time and then by position,
    /// since the order of ids at one instant says nothing.
    func inOrder(_ one: WorldLog) -> [Int] {
        func sorted(_ numbers: [Int]) -> [Int] {
            numbers.sorted { left, right in
                let (earlier, later) = (one.messages[left].time, one.messages[right].time)
                return earlier == later ? nodes[left].position < nodes[right].position : earlier < later
            }
        }
        var order: [Int] = []
        order.reserveCapacity(nodes.count)
        var waiting = Array(sorted(roots).reversed())
        while let next = waiting.popLast() {
            order.append(next)
            waiting += sorted(nodes[next].children).reversed()
        }
        return order
    }
}

extension Publish {
    /// Who says what about whom; of a tile also which one.
    var label: String {
        var label = "\(source) \(type)"
        if let change { label += " \(change)" }
        if let tile { label += " \(tile)" }
        return "\(label) (\(subject))"
    }

    /// The name of the tile that the message sets; nil if it sets none.
    var tile: String? {
        guard type == StatusTile.type.name, let data, let start = data.firstRange(of: "\"tile\":\"") else { return nil }
        return String(data[start.upperBound...].prefix { $0 != "\"" })
    }
}
