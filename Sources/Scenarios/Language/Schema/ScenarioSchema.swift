import JSON

/// The language as JSON Schema 2020-12, for editors: what can be said of a file without reading it as a whole.
public enum ScenarioSchema {
    /// The schema, with the words of a vocabulary in its enumerations.
    /// - Parameter contracts: tell agencies, and the fields of each type; nil: a type's data is any object.
    public static func json(
        vocabulary: ScenarioVocabulary = .builtIn, contracts: ScenarioContracts? = nil
    ) -> String {
        var text = head
        let parts = [
            ("values", values), ("given", given), ("steps", steps), ("expectations", expectations), ("faults", faults),
        ]
        text += parts.map { part in "\n" + part.1 }.joined(separator: ",")
        if let contracts { text += ",\n\(contracts.definitions())" }
        text += "\n  }\n}"
        let fragments: [(String, String)] = [
            ("AGENCY", contracts?.agencies() ?? anyAgency),
            ("TYPE", contracts?.types() ?? "{\"anyOf\": [{\"enum\": \"@TYPES\"}, \(ScenarioContracts.variable)]}"),
            ("FACT_RULES", contracts?.factRules() ?? "[true]"), ("STEP_RULES", contracts?.stepRules() ?? "[true]"),
            ("EXPECT_RULES", contracts?.expectationRules(["message", "none"]) ?? "[true]"),
            ("PATTERN_RULES", contracts?.expectationRules(["message"]) ?? "[true]"),
        ]
        for (name, fragment) in fragments { text = text.replacing("\"@\(name)\"", with: fragment) }
        let words: [(String, [String])] = [
            ("TYPES", vocabulary.types ?? []), ("TILES", vocabulary.tiles ?? []),
            ("MATCHERS", ScenarioParser.matchers),
            ("CODES", (1...11).map { "U\($0)" }),
            ("INVARIANTS", Invariant.allCases.map(\.rawValue)),
            ("TEMPLATES", Citizen.Template.allCases.map(\.rawValue)),
            ("PARTS", PlayedAgency.Part.allCases.map(\.rawValue)),
            ("ACTIONS", Filing.Action.allCases.map(\.rawValue)),
            ("CHANGES", MessagePattern.Change.allCases.map(\.rawValue)),
            ("REQUESTS", ScenarioBrokerFault.Request.allCases.map(\.rawValue)),
            ("FAILURES", ScenarioBrokerFault.Failure.allCases.map(\.rawValue)),
        ]
        for (name, list) in words { text = text.replacing("\"@\(name)\"", with: array(list)) }
        return text
    }

    private static let anyAgency =
        #"{"type": "string", "examples": ["skatteverket", "kommun-1780", "region-17"]}"#

    private static func array(_ words: [String]) -> String {
        var writer = JSONWriter()
        writer.beginArray()
        for word in words { writer.string(word) }
        writer.endArray()
        return writer.text
    }

    private static let head = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "urn:livsbuss:scenario:1",
          "title": "Livsbuss scenario or library",
          "description": "Variables ($name, ${name}) may stand for any text, number or truth value.",
          "if": {"type": "object", "required": ["library"]},
          "then": {"$ref": "#/$defs/library"},
          "else": {"$ref": "#/$defs/scenario"},
          "$defs": {
            "scenario": {
              "type": "object",
              "required": ["scenario", "version", "start", "given", "steps"],
              "properties": {
                "scenario": {"$ref": "#/$defs/name", "description": "The name; persons' keys are made from it."},
                "version": {"const": 1},
                "start": {"$ref": "#/$defs/time", "description": "Local time in Sweden at which the run begins."},
                "tags": {"type": "array", "items": {"$ref": "#/$defs/name"}, "description": "Words to choose it by."},
                "skip": {"type": "string", "description": "Why it is not played."},
                "known_failure": {"type": "string", "description": "Why it fails today; it fails when it passes."},
                "include": {"type": "array", "items": {"type": "string"}, "description": "Libraries, beside this file."},
                "params": {"type": "object", "additionalProperties": {"$ref": "#/$defs/scalar"}},
                "matrix": {"$ref": "#/$defs/matrix"},
                "groups": {"type": "object", "additionalProperties": {"$ref": "#/$defs/group"}},
                "given": {"$ref": "#/$defs/given"},
                "faults": {"type": "array", "items": {"$ref": "#/$defs/fault"}},
                "steps": {"type": "array", "items": {"$ref": "#/$defs/step"}},
                "allow_dead_letters": {
                  "description": "Messages that may be dead-lettered without making the run fail; true allows all.",
                  "anyOf": [{"type": "boolean"}, {"type": "array", "items": {"$ref": "#/$defs/allowedLetter"}}]
                },
                "then": {"$ref": "#/$defs/then"},
                "anchor": {"type": "string", "description": "The step that comparisons of planes count from; else the first."},
                "horizon": {"type": "integer", "minimum": 0, "maximum": 3650, "description": "Days beyond its end that comparisons of planes play."},
                "home": {"type": "string", "pattern": "^[0-9]{4}$", "description": "The municipality that comparisons put others in place of."},
                "until": {"$ref": "#/$defs/time", "description": "When the run ends, else with the last step or deadline."}
              },
              "additionalProperties": false
            },
            "allowedLetter": {
              "type": "object",
              "required": ["dead_letter"],
              "properties": {
                "dead_letter": {"$ref": "#/$defs/type"},
                "for": {"$ref": "#/$defs/person"},
                "from": {"$ref": "#/$defs/agency"},
                "in": {"$ref": "#/$defs/agency"},
                "reason": {"$ref": "#/$defs/reason"},
                "caused_by": {"type": "string"},
                "change": {"anyOf": [{"enum": "@CHANGES"}, {"$ref": "#/$defs/variable"}]},
                "data": {"type": "object", "description": "What the payload contains; it may contain more."},
                "exactly": {"type": "object", "description": "What the payload is."}
              },
              "additionalProperties": false
            },
            "library": {
              "type": "object",
              "required": ["library", "version"],
              "properties": {
                "library": {"$ref": "#/$defs/name"},
                "version": {"const": 1},
                "include": {"type": "array", "items": {"type": "string"}},
                "persons": {"type": "object", "additionalProperties": {"$ref": "#/$defs/citizens"}},
                "agencies": {"type": "object", "additionalProperties": {"$ref": "#/$defs/agencies"}},
                "groups": {"type": "object", "additionalProperties": {"$ref": "#/$defs/group"}}
              },
              "additionalProperties": false
            },
            "group": {
              "type": "object",
              "required": ["steps"],
              "properties": {
                "inputs": {"type": "array", "items": {"type": "string"}},
                "steps": {"type": "array", "items": {"$ref": "#/$defs/step"}}
              },
              "additionalProperties": false
            },
            "matrix": {
              "type": "object",
              "properties": {
                "cases": {"type": "array", "items": {"type": "object", "additionalProperties": {"$ref": "#/$defs/scalar"}}},
                "exclude": {"type": "array", "items": {"type": "object", "additionalProperties": {"$ref": "#/$defs/scalar"}}},
                "csv": {"type": "string", "description": "A table with a header, beside this file."}
              },
              "additionalProperties": {"type": "array", "items": {"$ref": "#/$defs/scalar"}, "minItems": 1}
            },
        """#
}
