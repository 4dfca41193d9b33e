/// Says libyaml's syntax errors to a person who edits the file.
enum SyntaxMessage {
    static let anchor = "anchors (&name) are not read; write the value out, or quote a text that begins with '&'"
    static let alias = "aliases (*name) are not read; write the value out, or quote a text that begins with '*'"
    static let tag = "tags (!name) are not read; quote a text that begins with '!'"

    /// The bytes around an error.
    struct Place {
        let bytes: UnsafeBufferPointer<UInt8>
        let offset: Int

        /// Whether the error stands at the `{` of a `${`.
        var isVariable: Bool {
            offset > 0 && offset < bytes.count && bytes[offset] == UInt8(ascii: "{")
                && bytes[offset - 1] == UInt8(ascii: "$")
        }

        /// The character of the error, if it is a visible ASCII one.
        var character: Character? {
            guard offset < bytes.count, (0x21...0x7E).contains(bytes[offset]) else { return nil }
            return Character(Unicode.Scalar(bytes[offset]))
        }
    }

    static func explain(_ problem: EventReader.Problem, at place: Place) -> (YAMLError.Code, String) {
        if place.isVariable {
            return (.unquotedVariable, "quote a text with ${…} inside { } or [ ], as in \"${n}\"")
        }
        // A lone `*` or `&` fails in the scanner, before there is an event to refuse.
        switch problem.context {
        case "while scanning an alias": return (.alias, alias)
        case "while scanning an anchor": return (.anchor, anchor)
        case "while scanning a tag", "while parsing a tag": return (.tag, tag)
        default: break
        }
        if problem.text == "found undefined tag handle" { return (.tag, tag) }
        return (.syntax, sentences[problem.text] ?? sentence(for: problem, at: place))
    }

    private static func sentence(for problem: EventReader.Problem, at place: Place) -> String {
        if problem.text == "found character that cannot start any token" {
            return "a value cannot begin with \(place.character.map { "'\($0)'" } ?? "this character"); quote it"
        }
        return problem.context.isEmpty ? problem.text : "\(problem.text) (\(problem.context))"
    }

    private static let sentences = [
        "mapping values are not allowed in this context":
            "a ':' is not allowed here; quote a text with ': ' in it, or check the indentation",
        "could not find expected ':'": "a key without its ':'; check the indentation and the quotes above",
        "did not find expected key": "a key was expected here; check the indentation and the quotes",
        "did not find expected '-' indicator": "a list item ('- ') was expected here; check the indentation",
        "did not find expected ',' or '}'": "',' or '}' was expected here",
        "did not find expected ',' or ']'": "',' or ']' was expected here",
        "did not find expected node content": "a value was expected here",
        "did not find expected <document start>": "the document has ended before this; check the indentation",
        "found unexpected end of stream": "the file ends inside a quoted text",
        "found unexpected document indicator": "a line with '---' or '...' inside a quoted text",
        "found unknown escape character": "an unknown escape; write \\\\ for a backslash, or use single quotes",
        "did not find expected hexdecimal number": "an escape without its hexadecimal digits",
        "found invalid Unicode character escape code": "an escape that is not a Unicode character",
        "block sequence entries are not allowed in this context":
            "a list item cannot begin here; put it on a line of its own",
        "mapping keys are not allowed in this context": "a key cannot begin here; put it on a line of its own",
        "did not find expected comment or line break": "only a comment may follow '|' and '>' on their line",
        "found an indentation indicator equal to 0": "the indentation after '|' or '>' is 1 to 9",
    ]
}
