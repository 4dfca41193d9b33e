internal import YAML

/// What Kubernetes' reader of YAML makes of a text without quotes: where a text is wanted, a number or a truth value
/// is refused by the cluster, so it is refused here.
enum PlainScalar {
    private static let words: Set = [
        "y", "n", "yes", "no", "true", "false", "on", "off", "null", "~", ".inf", "-.inf", "+.inf", ".nan", "",
    ]

    /// Whether the node is a text for Kubernetes too.
    static func isText(_ node: YAMLNode) -> Bool {
        guard let text = node.scalar else { return false }
        guard node.style == .plain else { return true }
        // All but a few begin with a letter, as no number does, and are longer than any of the words.
        if text.utf8.count > 5, let first = text.utf8.first, UInt8(ascii: "A")...UInt8(ascii: "z") ~= first,
            first != UInt8(ascii: "_")
        {
            return true
        }
        return !words.contains(text.lowercased()) && !isNumber(text)
    }

    private static func isNumber(_ text: String) -> Bool {
        let bare = text.filter { $0 != "_" }
        let unsigned = bare.drop { $0 == "+" || $0 == "-" }
        guard unsigned.first?.isASCII == true, let first = unsigned.first, first.isNumber || first == "." else {
            return false
        }
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where unsigned.hasPrefix(prefix) {
            return Int(unsigned.dropFirst(2), radix: radix) != nil
        }
        return Double(bare) != nil
    }
}
