import CYAML

/// libyaml's parser over memory that outlives it, one event at a time.
struct EventReader: ~Copyable {
    /// What libyaml says of its first syntax error.
    struct Problem {
        let text: String
        let mark: yaml_mark_t
        let context: String
        let contextMark: yaml_mark_t?
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// The latest event; its memory is libyaml's and lasts until the next one.
    private(set) var event = yaml_event_t()

    /// nil when there is no memory.
    init?(bytes: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        withUnsafePointer(to: event) { yaml_event_delete(UnsafeMutablePointer(mutating: $0)) }
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// Moves to the next event; false at a syntax error, which ``problem`` tells.
    mutating func next() -> Bool {
        yaml_event_delete(&event)
        return yaml_parser_parse(parser, &event) == 1
    }

    var problem: Problem {
        let parser = parser.pointee
        // Without a context libyaml leaves the context's mark as it was at an earlier error, or zero.
        let context = parser.context.map { String(cString: $0) }
        return Problem(
            text: parser.problem.map { String(cString: $0) } ?? "not enough memory", mark: parser.problem_mark,
            context: context ?? "", contextMark: context == nil ? nil : parser.context_mark)
    }
}
