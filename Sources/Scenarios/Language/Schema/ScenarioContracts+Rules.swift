import Contracts
import LifeEvents

/// Which fields and agencies go with which type, as lists of `if` and `then`.
extension ScenarioContracts {
    /// The rules of a step: what an agency says, and what a citizen files.
    func stepRules() -> String {
        list(schemas.types.map { said($0, by: "publish") } + formRules())
    }

    /// The rules of an opening fact.
    func factRules() -> String { list(schemas.types.map { said($0, by: "fact") }) }

    /// The rules of an expected message, or of one that must not come.
    func expectationRules(_ keys: [String]) -> String {
        list(
            keys.flatMap { key in
                schemas.types.map { type in
                    let part = reference(.part, type)
                    return rule(
                        "\"\(key)\": {\"const\": \"\(type.type.name)\"}", required: [key],
                        then: "\"data\": \(part), \"exactly\": \(part), \"from\": \(sayers(type))")
                }
            })
    }

    private func said(_ type: TypeSchema, by key: String) -> String {
        rule(
            "\"\(key)\": {\"const\": \"\(type.type.name)\"}", required: [key],
            then: "\"data\": \(reference(.data, type)), \"from\": \(sayers(type))")
    }

    /// What a citizen may do with whom, and what each form asks.
    private func formRules() -> [String] {
        let forms = schemas.types.compactMap { type in type.facet.map { (owner: type.owner, facet: $0, type: type) } }
        var rules: [String] = []
        for form in forms {
            let actions = Filing.Action.allCases.filter { $0.facet == form.facet }
            for action in actions {
                rules.append(
                    rule(
                        "\"action\": {\"const\": \"\(action.rawValue)\"}, \"to\": \(addressee([form.owner]))",
                        required: ["action", "to"], then: "\"data\": \(reference(.form, form.type))"))
            }
            rules.append(
                rule(
                    "\"action\": {\"const\": \"file\"}, \"form\": {\"const\": \"\(form.facet)\"}, "
                        + "\"to\": \(addressee([form.owner]))", required: ["action", "form", "to"],
                    then: "\"data\": \(reference(.form, form.type))"))
        }
        for action in Filing.Action.allCases where action != .consent {
            let takers = forms.filter { action == .file || $0.facet == action.facet }
            rules.append(
                rule(
                    "\"action\": {\"const\": \"\(action.rawValue)\"}", required: ["action"],
                    then: "\"to\": \(addressee(takers.map(\.owner), orVariable: true))"))
        }
        for owner in Set(forms.map(\.owner)).sorted() {
            let names = forms.filter { $0.owner == owner }.map { "\"\($0.facet)\"" }.joined(separator: ", ")
            rules.append(
                rule(
                    "\"action\": {\"const\": \"file\"}, \"to\": \(addressee([owner]))", required: ["action", "to"],
                    then: "\"form\": {\"anyOf\": [{\"enum\": [\(names)]}, \(Self.variable)]}"))
        }
        return rules
    }

    /// The agencies of some owners, as a pattern: a condition needs no titles.
    private func addressee(_ owners: [Owner], orVariable: Bool = false) -> String {
        let names = Set(owners).sorted().map(\.description).joined(separator: "|")
        // No owner takes it: then nothing fits but a variable.
        let pattern = names.isEmpty ? "[$]" : "^(\(names))(-[0-9]+)?$" + (orVariable ? "|[$]" : "")
        return "{\"type\": \"string\", \"pattern\": \"\(pattern)\"}"
    }

    private func reference(_ use: Use, _ type: TypeSchema) -> String {
        "{\"$ref\": \"#/$defs/\(use.rawValue)-\(type.type.name)\"}"
    }

    private func sayers(_ type: TypeSchema) -> String { "{\"$ref\": \"#/$defs/from-\(type.type.topic)\"}" }

    private func rule(_ properties: String, required: [String], then: String) -> String {
        let names = required.map { "\"\($0)\"" }.joined(separator: ", ")
        return "{\"if\": {\"properties\": {\(properties)}, \"required\": [\(names)]}, "
            + "\"then\": {\"properties\": {\(then)}}}"
    }

    private func list(_ rules: [String]) -> String { "[\(rules.joined(separator: ",\n"))]" }
}
