/// The lines in which two texts differ, each with its neighbours.
struct TextDifference {
    /// Lines with `-`, `+` or a space before them; `@@` lines say where a stretch begins in the first text.
    private(set) var lines: [String] = []
    /// The first line of the first text that differs, from 1; nil if the texts are equal.
    private(set) var firstLine: Int?

    /// - Parameter context: how many equal lines are shown around a difference.
    init(_ old: String, _ new: String, context: Int = 2, limit: Int = 60) {
        let old = old.split(separator: "\n", omittingEmptySubsequences: false)
        let new = new.split(separator: "\n", omittingEmptySubsequences: false)
        var removed = Set<Int>()
        var inserted = Set<Int>()
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        guard !removed.isEmpty || !inserted.isEmpty else { return }
        var all: [(mark: Character, text: Substring, line: Int)] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if left < old.count, removed.contains(left) {
                all.append(("-", old[left], left + 1))
                left += 1
            } else if right < new.count, inserted.contains(right) {
                all.append(("+", new[right], left + 1))
                right += 1
            } else {
                all.append((" ", old[left], left + 1))
                left += 1
                right += 1
            }
        }
        let changed = all.indices.filter { all[$0].mark != " " }
        firstLine = changed.first.map { all[$0].line }
        var shown = -1
        for index in changed {
            let from = max(index - context, shown + 1, 0)
            if from > shown + 1 || shown < 0 { lines.append("@@ line \(all[from].line)") }
            for number in from..<min(index + context + 1, all.count) where number > shown {
                lines.append("\(all[number].mark) \(all[number].text)")
                shown = number
            }
            if lines.count >= limit {
                lines.append("… and more")
                break
            }
        }
    }
}
