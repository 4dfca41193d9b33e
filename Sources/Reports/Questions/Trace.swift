import LifeEvents
import Scenarios
public import Terminal

/// What caused messages and what they caused, as a tree with virtual latencies and its critical path.
public struct Trace {
    /// Which way to follow the causes.
    public enum Direction: Sendable {
        /// What led to the messages.
        case up
        /// What came of them.
        case down
        /// Both; for a person, what is about them and what led to it.
        case both
    }

    private let log: RunLog
    private let query: MessageQuery
    private let direction: Direction

    /// A trace of what a word means in a log.
    public init(_ log: RunLog, _ query: MessageQuery, _ direction: Direction) {
        self.log = log
        self.query = query
        self.direction = direction
    }

    /// The trees, world by world.
    /// - Throws: `QuestionError` if the word means nothing in the log.
    public func text(_ paint: Paint) throws(QuestionError) -> String {
        let isPerson = query.isPerson(in: log)
        var text = ""
        for one in log.worlds + [log.outside] {
            let asked = query.messages(in: one)
            guard !asked.isEmpty else { continue }
            if !text.isEmpty { text += "\n" }
            text += paint(one.title, .bold) + "\n"
            text += tree(one, asked, isPerson: isPerson, paint)
        }
        guard !text.isEmpty else { throw QuestionError(description: query.nothing(in: log)) }
        return text
    }

    private func tree(_ one: WorldLog, _ asked: [Int], isPerson: Bool, _ paint: Paint) -> String {
        let tree = CausalTree(one)
        var isShown = [Bool](repeating: false, count: tree.nodes.count)
        for number in asked {
            isShown[number] = true
            if direction != .down {
                var at = tree.nodes[number].parent
                while let parent = at, !isShown[parent] {
                    isShown[parent] = true
                    at = tree.nodes[parent].parent
                }
            }
            if direction == .down || (direction == .both && !isPerson) {
                var waiting = tree.nodes[number].children
                while let next = waiting.popLast() {
                    isShown[next] = true
                    waiting += tree.nodes[next].children
                }
            }
        }
        let path = criticalPath(one, tree, isShown)
        let wanted = Set(asked)
        var lines = ""
        func add(_ number: Int, _ guide: String, _ isLast: Bool, _ isTop: Bool) {
            let message = one.messages[number]
            let parent = tree.nodes[number].parent
            let latency = parent.map { "+" + SpanText.text(message.time - one.messages[$0].time) } ?? ""
            var line = paint(message.time.toTheMinute, .dim) + "  " + paint(latency.padded(to: 10, .right), .dim) + "  "
            line += isTop ? "" : guide + (isLast ? "└─ " : "├─ ")
            let mark = path.contains(number) ? paint("●", .yellow) : "·"
            let label = wanted.contains(number) ? paint(message.label, .bold) : message.label
            lines +=
                line + "\(mark) \(label)\(message.code.map { " \($0)" } ?? "")  " + paint(message.id.shown, .dim) + "\n"
            let children = tree.nodes[number].children.filter { isShown[$0] }
            for child in children {
                add(child, isTop ? guide : guide + (isLast ? "   " : "│  "), child == children.last, false)
            }
        }
        for number in isShown.indices where isShown[number] && !(tree.nodes[number].parent.map { isShown[$0] } ?? false)
        {
            add(number, "", true, true)
        }
        return lines + summary(one, path, paint)
    }

    /// From a root to the last message: the longest chain in virtual time.
    private func criticalPath(_ one: WorldLog, _ tree: CausalTree, _ isShown: [Bool]) -> [Int] {
        func chain(_ number: Int) -> [Int] {
            var chain = [number]
            while let last = chain.last, let parent = tree.nodes[last].parent, isShown[parent] { chain.append(parent) }
            return chain.reversed()
        }
        func span(_ chain: [Int]) -> VirtualDuration {
            guard let first = chain.first, let last = chain.last else { return .zero }
            return one.messages[last].time - one.messages[first].time
        }
        var best: [Int] = []
        for number in isShown.indices where isShown[number] {
            guard !tree.nodes[number].children.contains(where: { isShown[$0] }) else { continue }
            let found = chain(number)
            if best.isEmpty || span(found) > span(best) { best = found }
        }
        return best.count > 1 ? best : []
    }

    private func summary(_ one: WorldLog, _ path: [Int], _ paint: Paint) -> String {
        guard let first = path.first, let last = path.last else { return "" }
        let total = SpanText.text(one.messages[last].time - one.messages[first].time)
        var text = paint("critical path", .yellow) + " \(total): \(one.messages[first].shortLabel)"
        for (before, after) in zip(path, path.dropFirst()) {
            text += " → +\(SpanText.text(one.messages[after].time - one.messages[before].time)) "
            text += one.messages[after].tile ?? one.messages[after].shortLabel
        }
        return text + "\n"
    }
}
