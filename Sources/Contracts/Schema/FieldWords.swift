extension SchemaCatalogue {
    /// What stands in a field, in words: `whole number, 1 to 9`; the Swift name for an enum.
    public func words(for type: FieldType) -> String {
        switch type {
        case .string(let bounds): "text" + Self.length(bounds)
        case .integer(let bounds): "whole number" + Self.range(bounds)
        case .number: "number"
        case .boolean: "true or false"
        case .formatted(let format): Self.words(format)
        case .array(let element): "list of: \(words(for: element))"
        case .defined(let name):
            switch definition(named: name)?.content {
            case .values: name
            case .object, nil: "object"
            }
        }
    }

    /// The fields of an object, or of the objects in a list; nil for other types.
    public func fields(in type: FieldType) -> [Field]? {
        switch type {
        case .array(let element): return fields(in: element)
        case .defined(let name):
            guard case .object(let fields) = definition(named: name)?.content else { return nil }
            return fields
        default: return nil
        }
    }

    private static func length(_ bounds: Bounds) -> String {
        switch (bounds.minimum, bounds.maximum) {
        case (let minimum?, let maximum?): " of \(minimum) to \(maximum) characters"
        case (let minimum?, nil): " of at least \(minimum) characters"
        case (nil, let maximum?): " of at most \(maximum) characters"
        case (nil, nil): ""
        }
    }

    private static func range(_ bounds: Bounds) -> String {
        switch (bounds.minimum, bounds.maximum) {
        case (let minimum?, let maximum?): ", \(minimum) to \(maximum)"
        case (let minimum?, nil): ", at least \(minimum)"
        case (nil, let maximum?): ", at most \(maximum)"
        case (nil, nil): ""
        }
    }

    private static func words(_ format: TextFormat) -> String {
        switch format {
        case .subject: "key of a person, organisation or desk"
        case .date: "day, yyyy-mm-dd"
        case .month: "month, yyyy-mm"
        case .dateTime: "instant in UTC"
        case .agency: "agency, such as kommun-1780"
        case .tile: "tile"
        case .municipality: "municipality, four digits"
        case .clock: "time of day, hh:mm"
        case .halfYear: "half-year, such as 2026H1"
        case .ageRange: "ages, such as 7-12"
        }
    }
}

extension TypeSchema {
    /// Its first example, moved to the margin: its last line is its closing brace. Nil if it has none.
    public var example: String? {
        guard let text = examples.first else { return nil }
        let lines = text.split(separator: "\n")
        let indent = lines.count > 1 ? lines.last?.prefix { $0 == " " }.count ?? 0 : 0
        return lines.enumerated().map { index, line in
            index == 0 ? String(line) : String(line.dropFirst(min(indent, line.prefix { $0 == " " }.count)))
        }.joined(separator: "\n")
    }

    /// Whom it is about, in words.
    public var aboutWords: String {
        about.fields.isEmpty ? about.subject : "\(about.subject); named too: \(about.fields.joined(separator: ", "))"
    }
}

extension TypeSchema.Chain {
    /// What it means, in words.
    public var words: String {
        switch self {
        case .fact: "a fact: created, then corrected, ceased or annulled"
        case .state: "each state is an event, which may be corrected or annulled"
        case .once: "said once"
        }
    }
}

extension TopicManifest {
    /// How long a record is kept, in words: `730 days`.
    public var retentionWords: String {
        guard retentionHours >= 0 else { return "for ever" }
        let (days, hours) = retentionHours.quotientAndRemainder(dividingBy: 24)
        func counted(_ number: Int, _ what: String) -> [String] {
            number == 0 ? [] : ["\(number) \(what)\(number == 1 ? "" : "s")"]
        }
        let parts = counted(days, "day") + counted(hours, "hour")
        return parts.isEmpty ? "0 hours" : parts.joined(separator: " and ")
    }
}
