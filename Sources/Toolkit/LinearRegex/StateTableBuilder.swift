/// Counts out the states of a search.
struct StateTableBuilder {
    private let program: [RegexInstruction]
    /// What the instructions ask of a scalar, each question once.
    private var sets: [ScalarSet] = []
    /// The question of each instruction that reads a scalar.
    private var questions: [Int?] = []
    /// The answers of each class.
    private var classes: [[Bool]] = []
    private var numbers: [[Int]: Int] = [:]
    private var states: [[Int]] = []

    init(_ program: [RegexInstruction]) {
        self.program = program
    }

    /// The table; nil if the pattern is too large for one.
    mutating func build() -> AutomatonStates? {
        collectQuestions()
        var asciiClasses: [UInt8] = []
        for value in 0..<UInt8(0x80) {
            let answers = sets.map { $0.contains(Unicode.Scalar(value)) }
            let number = classes.firstIndex(of: answers) ?? classes.count
            if number == classes.count { classes.append(answers) }
            asciiClasses.append(UInt8(number))
        }
        let asciiCount = classes.count
        let open = sets.indices.filter { sets[$0].isOpenOutsideASCII }
        guard open.count <= TextSearch.maximumOpenSets else { return nil }
        for bits in 0..<(1 << open.count) {
            // A set that is the same for all scalars outside ASCII is asked about any of them.
            var answers = sets.map { $0.contains("\u{80}") }
            for (bit, index) in open.enumerated() { answers[index] = bits >> bit & 1 == 1 }
            classes.append(answers)
        }
        var table = AutomatonStates(
            asciiClasses: asciiClasses, openSets: open.map { sets[$0] }, asciiCount: asciiCount,
            classCount: classes.count, next: [], verdicts: [])
        return fill(&table) ? table : nil
    }

    private mutating func collectQuestions() {
        for instruction in program {
            let set: ScalarSet? =
                switch instruction {
                case .scalar(let scalar): ScalarSet(items: [.range(scalar...scalar)])
                case .any: ScalarSet(items: [.range("\n"..."\n")], isNegated: true)
                case .set(let set): set
                case .split, .jump, .start, .end, .match: nil
                }
            guard let set else {
                questions.append(nil)
                continue
            }
            let number = sets.firstIndex(of: set) ?? sets.count
            if number == sets.count { sets.append(set) }
            questions.append(number)
        }
    }

    private mutating func fill(_ table: inout AutomatonStates) -> Bool {
        // The first state alone stands at the start of the text, so no other may be taken for it.
        let first = reach([0], atStart: true, atEnd: false)
        states = [first]
        var number = 0
        while number < states.count {
            let state = states[number]
            let isAccepted = state.contains { program[$0].isMatch }
            if isAccepted {
                table.verdicts.append(.accepts)
            } else if reach(state, atStart: number == 0, atEnd: true).contains(where: { program[$0].isMatch }) {
                table.verdicts.append(.acceptsAtEnd)
            } else {
                table.verdicts.append(.open)
            }
            for answers in classes {
                let read = state.filter { place in questions[place].map { answers[$0] } ?? false }.map { $0 + 1 }
                let target = isAccepted ? state : reach(read + [0], atStart: false, atEnd: false)
                if isAccepted {
                    table.next.append(UInt16(number))
                } else if let known = numbers[target] {
                    table.next.append(UInt16(known))
                } else {
                    guard states.count < TextSearch.maximumStates else { return false }
                    numbers[target] = states.count
                    table.next.append(UInt16(states.count))
                    states.append(target)
                }
            }
            number += 1
        }
        // A state from which nothing else is reached decides too: a pattern behind `^` has failed.
        for state in states.indices where table.verdicts[state] == .open {
            let row = table.next[(state * table.classCount)..<((state + 1) * table.classCount)]
            if row.allSatisfy({ Int($0) == state }) { table.verdicts[state] = .refuses }
        }
        return true
    }

    /// The instructions that are reached without reading, in order.
    private func reach(_ places: [Int], atStart: Bool, atEnd: Bool) -> [Int] {
        var seen = Array(repeating: false, count: program.count)
        var waiting = places
        while let place = waiting.popLast() {
            if seen[place] { continue }
            seen[place] = true
            switch program[place] {
            case .jump(let target): waiting.append(target)
            case .split(let one, let other): waiting += [other, one]
            case .start: if atStart { waiting.append(place + 1) }
            case .end: if atEnd { waiting.append(place + 1) }
            case .scalar, .any, .set, .match: break
            }
        }
        return seen.indices.filter { seen[$0] && isKept($0) }
    }

    /// Whether an instruction says something of what follows; jumps only lead to others.
    private func isKept(_ place: Int) -> Bool {
        switch program[place] {
        case .jump, .split: false
        case .scalar, .any, .set, .start, .end, .match: true
        }
    }
}

extension ScalarSet {
    /// Whether some scalars outside ASCII belong to the set and others do not.
    fileprivate var isOpenOutsideASCII: Bool {
        items.contains { item in
            switch item {
            case .range(let range): range.upperBound.value >= 0x80
            case .kind(let kind, _): kind != .digit && kind != .asciiWord
            }
        }
    }
}
