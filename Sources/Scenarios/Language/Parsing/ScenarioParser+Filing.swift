import LifeEvents
import YAML

/// Steps of citizens: `citizen`, `action`, `to`, `for`, `data`.
extension ScenarioParser {
    mutating func filing(_ map: inout MapReader) -> PublishStep? {
        let citizen = map.required("citizen", &diagnostics).flatMap { person($0) }
        let actionNode = map.required("action", &diagnostics)
        let action = actionNode.flatMap { word($0, "an action", Filing.Action.self) }
        let toNode = map.optional("to", &diagnostics)
        let formNode = map.optional("form", &diagnostics)
        let subject = map.optional("for", &diagnostics).flatMap { person($0) }
        let occurred = map.optional("occurred", &diagnostics).flatMap { time($0) }.flatMap { instant($0) }
        let dataNode = map.optional("data", &diagnostics)
        let data = dataMap(dataNode, of: map.span)
        guard let citizen, let action else { return nil }
        guard let (type, addressee) = form(action.value, action.span, toNode, formNode, map) else { return nil }
        guard check(type, action, addressee) else { return nil }
        return PublishStep(
            type: type, source: .citizen, subject: subject ?? citizen, occurred: occurred,
            data: complete(data, citizen, addressee, action.value), change: nil,
            filing: Filing(citizen: citizen, action: action.value, addressee: addressee))
    }

    /// The message type of what a citizen does, and with whom.
    private mutating func form(
        _ action: Filing.Action, _ span: SourceSpan, _ to: YAMLNode?, _ form: YAMLNode?, _ map: MapReader
    ) -> (Located<String>, AgencyID?)? {
        if let form, action != .file {
            diagnostics.add(
                .conflictingKeys, "`\(action.rawValue)` has its own form", at: form.span, hint: "write action: file")
            return nil
        }
        guard action != .consent else {
            if let to {
                diagnostics.add(.conflictingKeys, "a consent is addressed to nobody", at: to.span)
            }
            return (Located("citizen.consent.v1", span), nil)
        }
        guard let to else {
            diagnostics.add(.missingKey, "a citizen's step needs the key `to`", at: map.span)
            return nil
        }
        guard let agency = agency(to) else { return nil }
        var facet = action.facet
        if action == .file {
            guard let form else {
                let message = "the action `file` needs the key `form`"
                diagnostics.add(.missingKey, message, at: map.span, hint: "write form: move-notice")
                return nil
            }
            facet = identifier(form, "a form's name")?.value
        }
        guard let facet else { return nil }
        let place = form?.span ?? span
        return (Located("\(agency.value.owner).filing.\(facet).v1", place), agency.value)
    }

    private mutating func check(
        _ type: Located<String>, _ action: Located<Filing.Action>, _ addressee: AgencyID?
    ) -> Bool {
        guard let types = vocabulary.types, !types.contains(type.value) else { return true }
        let prefix = addressee.map { "\($0.owner).filing." } ?? "citizen."
        let forms = types.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count).dropLast(3)) }
        let receiver = addressee.map { " with \($0)" } ?? ""
        diagnostics.add(
            .unknownType, "no contract lets a citizen \(action.value.rawValue)\(receiver): \(type.value)",
            at: type.span,
            hint: forms.isEmpty ? nil : "the forms are \(forms.joined(separator: ", "))")
        return false
    }

    /// Who files, and with which municipality, goes into the payload first.
    private mutating func complete(
        _ data: DataNode, _ citizen: Located<String>, _ addressee: AgencyID?, _ action: Filing.Action
    ) -> DataNode {
        guard case .map(var entries) = data.content, action != .consent else { return data }
        func entry(_ key: String, _ content: DataNode.Content) -> DataEntry {
            DataEntry(key: Located(key, citizen.span), value: DataNode(content: content, span: citizen.span))
        }
        if let written = entries.first(where: { $0.key.value == "filedBy" }) {
            diagnostics.add(.conflictingKeys, "the citizen of the step is who files", at: written.key.span)
        }
        if let addressee, addressee.owner == .kommun, let code = addressee.code,
            !entries.contains(where: { $0.key.value == "municipality" })
        {
            entries.insert(entry("municipality", .text(code)), at: 0)
        }
        entries.insert(entry("filedBy", .person(citizen.value)), at: 0)
        return DataNode(content: .map(entries), span: data.span)
    }
}
