/// A collection that encodes as an array in an order that changes from run to run.
protocol UnorderedCollection {
    /// How many values belong together.
    static var valuesInGroup: Int { get }
}

extension Set: UnorderedCollection {
    static var valuesInGroup: Int { 1 }
}

/// With keys that are neither text nor whole numbers: key, value, key, value ….
extension Dictionary: UnorderedCollection {
    static var valuesInGroup: Int { 2 }
}

/// How a dictionary that encodes as an object is known.
enum DictionaryKeys {
    /// The standard library's own type of coding key, which it uses for dictionaries and nothing else.
    ///
    /// It has no public name, so a dictionary is asked once.
    static let type: ObjectIdentifier? = {
        let state = EncodingState(isPretty: false, dictionaryKeys: nil)
        try? ["key": true].encode(to: WriterEncoder(state: state, level: 0, mark: 0))
        return state.lastKeys
    }()
}

extension JSONWriter {
    /// Sorts the content of the container that is about to end by its bytes.
    ///
    /// `groups` says where each group starts, with the separator before it.
    mutating func sortGroups(_ groups: [Int]) {
        guard groups.count > 1, let start = groups.first else { return }
        let line = isPretty ? 1 + 2 * depth : 0
        let content = Array(bytes[start...])
        let ends = groups.dropFirst() + [bytes.count]
        var slices: [ArraySlice<UInt8>] = []
        for (position, (from, to)) in zip(groups, ends).enumerated() {
            let separator = position == 0 ? line : line + 1
            slices.append(content[(from - start + separator)..<(to - start)])
        }
        slices.sort { $0.lexicographicallyPrecedes($1) }
        bytes.removeLast(bytes.count - start)
        position = .first
        for slice in slices {
            separate()
            bytes.append(contentsOf: slice)
            position = .next
        }
    }
}
