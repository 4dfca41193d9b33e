import Terminal

/// What a log lacks of its run, by what its own last lines say of it: a line that was lost must not make a report green.
extension RunLog {
    /// Why the log is not whole, in a sentence with the file; nil if nothing is missing.
    /// - Parameter lines: how many lines were read.
    func missing(lines: Int) -> String? {
        guard let end else { return "\(name): the run did not end: there is no `run.end`" }
        guard start.unplayed == nil else { return nil }
        if worlds.count != end.cases {
            return "\(name): `run.end` tells of \(counted(end.cases, "case")), and \(worlds.count) "
                + "\(worlds.count == 1 ? "is" : "are") there"
        }
        for one in worlds {
            if let defect = one.defect { return "\(name): \(one.title): \(defect)" }
        }
        let failed = worlds.count { !($0.end?.passed ?? false) }
        if failed != end.failedCases {
            return "\(name): `run.end` tells of \(counted(end.failedCases, "case")) that failed, and the cases of "
                + "\(failed)"
        }
        if let wanted = end.lines, wanted != lines {
            return "\(name): `run.end` tells of \(counted(wanted, "line")), and \(lines) "
                + "\(lines == 1 ? "is" : "are") there"
        }
        return nil
    }
}

extension WorldLog {
    /// Why a world's lines are not all there, as a sentence's end; nil if they are, and for what belongs to no world.
    var defect: String? {
        guard start != nil else { return nil }
        guard let end else { return "the case did not end: there is no `case.end`" }
        let counts = [
            (messages.count, end.messages, "message"), (statusChanges.count, end.tiles, "tile"),
            (rejections.count, end.deadLetters, "dead letter"),
            (met.count + failures.count, end.expectations, "expectation"),
            (failures.count, end.failed, "failed expectation"),
        ]
        guard let (found, told, what) = counts.first(where: { $0.0 != $0.1 }) else { return nil }
        return "`case.end` tells of \(counted(told, what)), and \(found) \(found == 1 ? "is" : "are") there"
    }
}
