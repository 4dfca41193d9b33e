import LifeEvents
public import YAML

/// A scenario put into another municipality: its code, its agencies, its region's, and its name in texts.
public struct Relocation: Sendable {
    /// Where the scenario is at home.
    public let home: String
    /// The code of four digits that it is put to.
    public let code: String

    /// - Parameters:
    ///   - home: the code that the scenario has.
    ///   - code: the code that it is put to.
    public init(from home: String, to code: String) {
        precondition(Municipalities.has(code: home) && Municipalities.has(code: code), "both are municipalities")
        (self.home, self.code) = (home, code)
    }

    /// The municipality that a scenario's file is at home in: its `home`, else the first `municipality` in it.
    public static func home(of document: YAMLDocument) -> String? {
        if let home = document.root.entry(named: "home")?.value.scalar {
            return Municipalities.has(code: home) ? home : nil
        }
        return firstMunicipality(document.root)
    }

    private static func firstMunicipality(_ node: YAMLNode) -> String? {
        for entry in node.entries ?? [] {
            if entry.name == "municipality", let code = entry.value.scalar, Municipalities.has(code: code) {
                return code
            }
            if let found = firstMunicipality(entry.value) { return found }
        }
        for item in node.items ?? [] {
            if let found = firstMunicipality(item) { return found }
        }
        return nil
    }

    /// Whether a scenario can be put there: the place is not in it already, as where somebody moves to it.
    public func fits(_ document: YAMLDocument) -> Bool { code == home || !Self.names(code, document.root) }

    private static func names(_ code: String, _ node: YAMLNode) -> Bool {
        if let text = node.scalar { return text == code || text.hasSuffix("-\(code)") }
        return (node.entries ?? []).contains { names(code, $0.key) || names(code, $0.value) }
            || (node.items ?? []).contains { names(code, $0) }
    }

    /// The file's document as if it were at home there. Libraries that it includes, and bodies of the county other than
    /// its region, stay as they are.
    public func applied(to document: YAMLDocument) -> YAMLDocument {
        guard code != home else { return document }
        let (county, other) = (home.prefix(2), code.prefix(2))
        let (name, named) = (Municipalities.name(code: home), Municipalities.name(code: code))
        return document.rewriting { text, style in
            if text == home { return style == .plain ? text : code }
            var text = text
            for owner in [Owner.kommun, .raddningstjanst] {
                text = text.replacing("\(owner)-\(home)", with: "\(owner)-\(code)")
            }
            // No county's code is the beginning of another's.
            text = text.replacing("\(Owner.region)-\(county)", with: "\(Owner.region)-\(other)")
            return text.contains(" ") ? text.replacing(name, with: named) : text
        }
    }
}
