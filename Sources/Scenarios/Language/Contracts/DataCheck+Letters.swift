import JSONSchema
import LifeEvents

/// Dead letters that a file expects or allows.
extension DataCheck {
    /// What was dead-lettered may break its schema, but only as the file itself has published it.
    mutating func check(_ letter: DeadLetterPattern, _ diagnostics: inout DiagnosticList) {
        let pattern = letter.original
        let type = pattern.type.value
        checkSource(pattern, &diagnostics)
        guard let data = pattern.data else { return }
        var published: Set<Breach> = []
        for step in scenario.steps {
            guard case .publish(let publication) = step.action, publication.type.value == type else { continue }
            let isAnnulled = publication.change?.kind == .annulled
            published.formUnion(failures(publication.data, type, .whole, isAnnulled: isAnnulled).map(Breach.init))
        }
        for failure in refusals(data, type, isAnnulled: pattern.change?.value == .annulled)
        where !published.contains(Breach(failure)) {
            add(failure, data, type, .part, &diagnostics)
        }
    }

    /// How data breaks its schema, whatever else it says.
    private struct Breach: Hashable {
        let place: String
        let keyword: String
        let actual: String?

        init(_ failure: SchemaFailure) {
            (place, keyword, actual) = (failure.instancePath, failure.keyword, failure.actual)
        }
    }
}
