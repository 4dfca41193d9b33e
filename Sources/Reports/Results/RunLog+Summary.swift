import Scenarios
public import Terminal

extension RunLog {
    /// What a terminal shows of a log: a line for each world, failures with their text.
    public func summary(_ paint: Paint) -> String {
        if let reason = unplayedReason {
            return paint("nothing was played", .red, .bold) + "  \(reason)\n" + mistakes.map { "\($0.text)\n" }.joined()
        }
        var text = ""
        for (number, one) in worlds.enumerated() {
            let failed = one.end == nil ? "not ended" : one.defect == nil ? "failed" : "not whole"
            text += one.passed ? paint("passed", .green, .bold) : paint(failed, .red, .bold)
            let messages = counted(one.messages.count, "message")
            text += "  \(one.title)  \(messages), \(one.statusChanges.count) of them tiles"
            if let span = one.span { text += ", \(SpanText.text(span))" }
            text += "\n"
            if let failure = failureText(ofWorld: number) {
                text += failure.split(separator: "\n").map { "    \($0)\n" }.joined()
            }
        }
        if !isComplete { text += paint("incomplete", .red, .bold) + "  \(defect ?? "the log ends before its run")\n" }
        return text
    }
}
