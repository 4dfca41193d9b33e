/// The rule for names: `<noun>.v<N>` after the owner, the noun in kebab-case.
enum TopicName {
    /// Whether a name without its owner keeps the rule: `case-status.v1`.
    static func isValid(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, isNoun(parts[0]), parts[1].utf8.first == UInt8(ascii: "v") else { return false }
        let version = parts[1].utf8.dropFirst()
        return !version.isEmpty && version.first != UInt8(ascii: "0")
            && version.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }

    /// Whether a type's name without its owner keeps the rule: `case-status.v1`, `filing.move-notice.v1`.
    static func isType(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return isValid(name) }
        return isNoun(parts[1]) && isValid("\(parts[0]).\(parts[2])")
    }

    /// Whether it is words of letters a to z with one hyphen between: `case-status`.
    static func isNoun(_ text: some StringProtocol) -> Bool {
        text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).allSatisfy { word in
            !word.isEmpty && word.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
        }
    }
}
