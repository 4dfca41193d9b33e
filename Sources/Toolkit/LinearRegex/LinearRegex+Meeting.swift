/// Whether two patterns have a text in common.
extension LinearRegex {
    /// The most pairs of instructions that are looked at: past it two patterns are taken to meet.
    public static let maximumPairs = 200_000

    /// Whether there is a text that this pattern matches from its start to its end and in which another is found.
    ///
    /// Each pair of places in the two patterns is visited once, with each scalar that the patterns tell apart: of all that
    /// both treat alike one is enough. Cost: at most ``maximumPairs`` times the number of those scalars.
    ///
    /// ```swift
    /// try LinearRegex("Karl.*").meets(LinearRegex("^\\d{4}$"))   // false
    /// ```
    /// - Returns: true as well where the patterns are too large to be looked through.
    public func meets(_ other: LinearRegex) -> Bool {
        guard program.count * (other.program.count + 2) <= Self.maximumPairs else { return true }
        let first = (own: reached(from: 0, isStart: true), other: other.reached(from: 0, isStart: true))
        if first.own.endsText && first.other.endsText { return true }
        let scalars = Set(representatives + other.representatives).sorted { $0.value < $1.value }
        let next = program.indices.map { reached(from: $0 + 1, isStart: false) }
        let otherNext = other.program.indices.map { other.reached(from: $0 + 1, isStart: false) }
        let anew = other.reached(from: 0, isStart: false)
        var known: Set<Pair> = []
        var waiting: [Pair] = []
        func add(_ own: Reach, _ places: [Int]) {
            for one in own.places {
                for two in places where known.insert(Pair(own: one, other: two)).inserted {
                    waiting.append(Pair(own: one, other: two))
                }
            }
        }
        add(first.own, first.other.search(goingOn: true))
        while let pair = waiting.popLast() {
            for scalar in scalars where accepts(program[pair.own], scalar) {
                let places: [Int]
                let isFound: Bool
                switch pair.other {
                case Pair.found: (places, isFound) = ([Pair.found], true)
                case Pair.unbegun: (places, isFound) = (anew.search(goingOn: true), anew.endsText)
                case let place where other.accepts(other.program[place], scalar):
                    (places, isFound) = (otherNext[place].search(goingOn: false), otherNext[place].endsText)
                default: continue
                }
                if isFound, next[pair.own].endsText { return true }
                add(next[pair.own], places)
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

    /// What is reached from an instruction without a scalar.
    private struct Reach {
        /// The instructions that take a scalar.
        let places: [Int]
        /// Whether the pattern is matched there, and text may follow.
        let isMatched: Bool
        /// Whether the pattern is matched where the text ends there.
        let endsText: Bool

        /// Where a search stands, not at the text's end.
        /// - Parameter goingOn: whether it may begin later as well.
        func search(goingOn: Bool) -> [Int] {
            if isMatched { return [Pair.found] }
            return goingOn ? places + [Pair.unbegun] : places
        }
    }

    private func reached(from first: Int, isStart: Bool) -> Reach {
        guard first < program.count else { return Reach(places: [], isMatched: false, endsText: false) }
        let index = isStart ? 0 : 1
        var (middle, end) = (ThreadSet(program.count), ThreadSet(program.count))
        follow(first, into: &middle, at: index, of: index + 1)
        follow(first, into: &end, at: index, of: index)
        return Reach(
            places: middle.places.filter { program[$0].takesScalar },
            isMatched: middle.places.contains { program[$0].isMatch },
            endsText: end.places.contains { program[$0].isMatch })
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
