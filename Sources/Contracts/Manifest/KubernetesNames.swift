/// The rules of Kubernetes for names, labels and annotations.
enum KubernetesNames {
    /// Lower-case letters, digits and hyphens, 1 to 63, first and last no hyphen (a DNS label).
    static func isLabel(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        return 1...63 ~= bytes.count && bytes.allSatisfy { isLowerOrDigit($0) || $0 == UInt8(ascii: "-") }
            && bytes.first != UInt8(ascii: "-") && bytes.reversed().first != UInt8(ascii: "-")
    }

    /// DNS labels with dots between, at most 253 characters.
    static func isSubdomain(_ text: some StringProtocol) -> Bool {
        text.utf8.count <= 253
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isLabel($0) }
    }

    /// A key of a label or annotation: a name, or a subdomain, `/` and a name.
    static func isKey(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.last, parts.count <= 2, !name.isEmpty else { return false }
        return isQualified(name) && (parts.count == 1 || isSubdomain(parts[0]))
    }

    /// A label's value: nothing, or as the name of a key.
    static func isLabelValue(_ text: String) -> Bool { text.isEmpty || isQualified(text) }

    /// Letters, digits, `-`, `_` and `.`, at most 63, first and last a letter or digit.
    private static func isQualified(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count <= 63, let first = bytes.first, let last = bytes.last else { return false }
        let marks = [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")]
        return isAlphanumeric(first) && isAlphanumeric(last)
            && bytes.allSatisfy { isAlphanumeric($0) || marks.contains($0) }
    }

    private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLowerOrDigit(byte) || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
    }
}
