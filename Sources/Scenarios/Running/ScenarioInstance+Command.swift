extension ScenarioInstance {
    /// The command that plays this world alone with the same messages.
    /// - Parameters:
    ///   - isWhole: whether all cases of the scenario are to be played, and not this world alone.
    ///   - more: further words of the command line, as `--set` and its value.
    public func command(
        seed: UInt64, resolutionMinutes: Int = 1, copies: Int = 1, isWhole: Bool = false, more: [String] = []
    ) -> String {
        let line = scenario.cutLine.map { ":\($0)" } ?? ""
        var command = "livsbuss run \(Self.shellWord(scenario.name.span.file + line))"
        var own = scenario.parameters.filter(\.isVaried).map { "\($0.name)=\($0.text)" }
        if copies > 1, let copy = Self.copy(of: worldName) { own.append("copy=\(copy)") }
        if !own.isEmpty, !isWhole { command += " --case '\(own.joined(separator: ",").replacing("'", with: "'\\''"))'" }
        command += " --seed \(seed)"
        if copies > 1 { command += " --copies \(copies)" }
        if resolutionMinutes != 1 { command += " --resolution \(resolutionMinutes)" }
        for word in more { command += " \(Self.shellWord(word))" }
        return command
    }

    /// The name of the world of a copy, from 1, of a case.
    public static func worldName(ofCopy copy: Int, case caseName: String) -> String {
        caseName.isEmpty ? "copy-\(copy)" : "\(caseName),copy-\(copy)"
    }

    /// The number of the copy that a world is; nil if it is none.
    private static func copy(of worldName: String) -> Int? {
        let last = worldName.split(separator: ",").last ?? ""
        return last.hasPrefix("copy-") ? Int(last.dropFirst(5)) : nil
    }

    /// A path as a shell takes it for one word.
    private static func shellWord(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: ":"), 0x80...:
                true
            default: false
            }
        }
        return isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'"
    }
}
