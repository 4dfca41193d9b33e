/// The keywords that are read.
enum Keyword: String, CaseIterable {
    case schema = "$schema"
    case id = "$id"
    case anchor = "$anchor"
    case reference = "$ref"
    case definitions = "$defs"
    case comment = "$comment"
    case title, description, examples, `default`, deprecated, readOnly, writeOnly
    case type, `enum`, const
    case minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf
    case minLength, maxLength, pattern, format
    case properties, patternProperties, additionalProperties, propertyNames
    case required, minProperties, maxProperties, dependentRequired, dependentSchemas
    case items, prefixItems, contains, minContains, maxContains, minItems, maxItems, uniqueItems
    case allOf, anyOf, oneOf, not, `if`, then, `else`

    /// The schemas that a keyword's value holds.
    enum Shape {
        case none, one, list, map
    }

    var shape: Shape {
        switch self {
        case .additionalProperties, .propertyNames, .items, .contains, .not, .if, .then, .else: .one
        case .prefixItems, .allOf, .anyOf, .oneOf: .list
        case .properties, .patternProperties, .dependentSchemas, .definitions: .map
        default: .none
        }
    }

    /// Keywords of JSON Schema that are refused, each with what to do instead.
    static func refusal(_ name: String) -> String? {
        switch name {
        case "unevaluatedProperties", "unevaluatedItems":
            "which members or elements others have looked at is not kept; name them, with additionalProperties or items"
        case "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor":
            "references that depend on the way are not followed; write $ref"
        case "$vocabulary": "metaschemas of one's own are not read"
        case "contentEncoding", "contentMediaType", "contentSchema": "the content of strings is not read"
        case "definitions": "since 2019-09 it is called $defs"
        case "dependencies": "since 2019-09 it is dependentRequired and dependentSchemas"
        case "additionalItems": "since 2020-12 it is items, behind prefixItems"
        case "id": "since draft 6 it is called $id"
        default: nil
        }
    }
}
