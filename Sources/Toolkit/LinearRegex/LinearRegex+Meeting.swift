/// Whether two patterns have a text in common.
extension LinearRegex {
    /// The most pairs of instructions that are looked at: past it two patterns are taken to meet.
    public static let maximumPairs = 200_000

    /// Whether there is a text that this pattern matches from its start to its end and in which another is found.
    ///
    /// Each pair of places in the two patterns is visited once. Scalars are taken from the patterns themselves: of all
    /// that both treat alike one is enough.
    ///
    /// ```swift
    /// try LinearRegex("Karl.*").meets(LinearRegex("^\\d{4}$"))   // false
    /// ```
    /// - Returns: true as well where the patterns are too large to be looked through.
    public func meets(_ other: LinearRegex) -> Bool {
        guard program.count * (other.program.count + 2) <= Self.maximumPairs else { return true }
        let scalars = Set(representatives + other.representatives).sorted { $0.value < $1.value }
        var known: Set<Pair> = []
        var waiting: [Pair] = []
        func add(_ own: [Int], _ others: [Int]) {
            for one in own {
                for two in others where known.insert(Pair(own: one, other: two)).inserted {
                    waiting.append(Pair(own: one, other: two))
                }
            }
        }
        // What is at the start, or at the end, differs for the empty text.
        let ends = { (places: [Int], program: [RegexInstruction]) in places.contains { program[$0].isMatch } }
        if ends(reached(from: 0, isStart: true, isEnd: true), program),
            ends(other.reached(from: 0, isStart: true, isEnd: true), other.program)
        {
            return true
        }
        let first = other.reached(from: 0, isStart: true, isEnd: false)
        add(
            reached(from: 0, isStart: true, isEnd: false),
            first.contains { other.program[$0].isMatch } ? first + [Pair.found] : first + [Pair.unbegun])
        while let pair = waiting.popLast() {
            for scalar in scalars where accepts(program[pair.own], scalar) {
                let own = reached(from: pair.own + 1, isStart: false, isEnd: false)
                let others = other.places(after: pair.other, scalar)
                add(own, others)
                guard ends(reached(from: pair.own + 1, isStart: false, isEnd: true), program) else { continue }
                if others.contains(Pair.found) || other.endsFound(after: pair.other, scalar) { return true }
            }
        }
        return false
    }

    /// A place in each pattern.
    private struct Pair: Hashable {
        let own: Int
        let other: Int
        /// The other pattern has been found already; what follows is nothing to it.
        static let found = -1
        /// The other pattern may begin later.
        static let unbegun = -2
    }

    /// Where a search stands after one more scalar, not at the text's end.
    private func places(after place: Int, _ scalar: Unicode.Scalar) -> [Int] {
        if place == Pair.found { return [Pair.found] }
        var next: [Int] = []
        if place == Pair.unbegun {
            next = reached(from: 0, isStart: false, isEnd: false) + [Pair.unbegun]
        } else if accepts(program[place], scalar) {
            next = reached(from: place + 1, isStart: false, isEnd: false)
        }
        return next.contains { $0 >= 0 && program[$0].isMatch } ? next + [Pair.found] : next
    }

    /// Whether a search has found the pattern where one more scalar ends the text.
    private func endsFound(after place: Int, _ scalar: Unicode.Scalar) -> Bool {
        let from = place == Pair.unbegun ? 0 : place + 1
        guard place == Pair.unbegun || place >= 0 && accepts(program[place], scalar) else { return false }
        return reached(from: from, isStart: false, isEnd: true).contains { program[$0].isMatch }
    }

    /// The instructions that are reached without a scalar.
    private func reached(from first: Int, isStart: Bool, isEnd: Bool) -> [Int] {
        var found: [Int] = []
        var known: Set<Int> = []
        var waiting = [first]
        while let place = waiting.popLast() {
            guard known.insert(place).inserted else { continue }
            switch program[place] {
            case .jump(let target): waiting.append(target)
            case .split(let one, let two): waiting += [two, one]
            case .start: if isStart { waiting.append(place + 1) }
            case .end: if isEnd { waiting.append(place + 1) }
            case .scalar, .any, .set, .match: found.append(place)
            }
        }
        return found
    }

    /// Scalars of each kind that the pattern tells apart.
    private var representatives: [Unicode.Scalar] {
        var all: [Unicode.Scalar] = ["0", "a", "A", "_", "-", " ", "\n", "å", "%", "\u{4E00}"]
        func add(_ range: ClosedRange<Unicode.Scalar>) {
            all += [range.lowerBound, range.upperBound]
            if let next = Unicode.Scalar(range.upperBound.value + 1) { all.append(next) }
            if range.lowerBound.value > 0, let last = Unicode.Scalar(range.lowerBound.value - 1) { all.append(last) }
        }
        for instruction in program {
            switch instruction {
            case .scalar(let scalar): add(scalar...scalar)
            case .set(let set):
                for item in set.items { if case .range(let range) = item { add(range) } }
            case .any, .split, .jump, .start, .end, .match: break
            }
        }
        return all
    }
}
