/// A URI or a reference relative to one, in its parts (RFC 3986); a path of a file is one without a scheme.
struct URIReference {
    var scheme: Substring?
    var authority: Substring?
    var path: Substring
    var query: Substring?
    var fragment: Substring?

    init(_ text: String) {
        var rest = Substring(text)
        fragment = Self.cut(&rest, at: "#")
        query = Self.cut(&rest, at: "?")
        if let colon = rest.firstIndex(of: ":"), !rest[..<colon].contains("/"), colon > rest.startIndex {
            scheme = rest[..<colon]
            rest = rest[rest.index(after: colon)...]
        }
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            let end = rest.firstIndex(of: "/") ?? rest.endIndex
            authority = rest[..<end]
            rest = rest[end...]
        }
        path = rest
    }

    /// Marks are looked for as scalars: with a combining mark behind it `#` is another `Character`.
    private static func cut(_ text: inout Substring, at mark: Unicode.Scalar) -> Substring? {
        guard let place = text.unicodeScalars.firstIndex(of: mark) else { return nil }
        defer { text = text[..<place] }
        return text[text.unicodeScalars.index(after: place)...]
    }

    /// What a reference means in a document: a URI without fragment, and the fragment without percent signs.
    static func resolve(_ text: String, from base: String) -> (uri: String, fragment: String) {
        var reference = URIReference(text)
        let start = URIReference(base)
        let fragment = decoded(reference.fragment ?? "")
        reference.fragment = nil
        if reference.scheme == nil {
            reference.scheme = start.scheme
            if reference.authority == nil {
                reference.authority = start.authority
                if reference.path.isEmpty {
                    reference.path = start.path
                    reference.query = reference.query ?? start.query
                } else if !reference.path.hasPrefix("/") {
                    let folder = start.path.lastIndex(of: "/").map { start.path[...$0] } ?? ""
                    let isBare = folder.isEmpty && start.authority != nil
                    reference.path = Substring((isBare ? "/" : "") + folder + reference.path)
                }
            }
        }
        reference.path = Substring(withoutDots(reference.path))
        return (reference.text, fragment)
    }

    private var text: String {
        var text = scheme.map { "\($0):" } ?? ""
        if let authority { text += "//\(authority)" }
        text += path
        if let query { text += "?\(query)" }
        return text
    }

    private static func withoutDots(_ path: Substring) -> String {
        var kept: [Substring] = []
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            switch part {
            case ".": if isLast { kept.append("") }
            case "..":
                if let last = kept.last, last != "..", !(kept.count == 1 && last.isEmpty) {
                    kept.removeLast()
                    if isLast { kept.append("") }
                } else if kept.isEmpty || kept.last == ".." {
                    kept.append(part)
                }
            default: kept.append(part)
            }
        }
        return kept.joined(separator: "/")
    }

    /// A text with its `%` escapes resolved; as it is where they are no UTF-8.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? String(text)
    }
}
