import Terminal

/// A run's failures as commands that GitHub Actions turns into notes beside the lines of a file.
public struct GitHubAnnotations {
    private let log: RunLog
    private let root: String

    /// Annotations of a log.
    /// - Parameter root: the folder of the checkout; paths below it are told from there.
    public init(_ log: RunLog, root: String) {
        self.log = log
        self.root = root.hasSuffix("/") ? root : root + "/"
    }

    /// A line for each failed expectation; empty if all passed.
    public var text: String {
        var text = ""
        if let reason = log.unplayedReason {
            text += "::error title=Livsbuss::" + Self.message("nothing was played: \(reason)") + "\n"
        }
        for one in log.mistakes {
            text += "::error file=\(Self.property(below(one.file))),line=\(one.line),endLine=\(one.endLine)"
            text += ",col=\(one.column),endColumn=\(one.endColumn)"
            text += ",title=\(Self.property(one.code ?? "Livsbuss"))::\(Self.message(one.sentence))\n"
        }
        if !log.isComplete {
            text += "::error title=Livsbuss::" + Self.message(log.defect ?? "the log ends before its run") + "\n"
        }
        for (number, one) in log.worlds.enumerated() {
            // What is known to fail is a notice, not an error.
            let kind = one.end?.known == nil ? "error" : "notice"
            for failure in one.failures {
                let title = "\(one.title), \(failure.step)"
                text +=
                    "::\(kind) file=\(Self.property(below(failure.file))),line=\(failure.line),col=\(failure.column)"
                text += ",title=\(Self.property(title))::"
                text += Self.message(([failure.message] + (failure.nearest ?? [])).joined(separator: "\n")) + "\n"
            }
            if number >= 200 { break }
        }
        return text
    }

    /// A path from the checkout, where it lies below it.
    private func below(_ file: String) -> String {
        file.hasPrefix(root) ? String(file.dropFirst(root.count)) : file
    }

    private static func message(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        message(text.escapedLine).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
