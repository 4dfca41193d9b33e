extension String {
    /// Whether a part of the names of types stands in this one, as `.filing.`.
    ///
    /// Asked of each message a few times: it compares bytes, where `contains` compares characters at some twenty times the
    /// cost.
    /// - Parameter part: ASCII.
    func has(part: StaticString) -> Bool {
        precondition(part.isASCII && part.utf8CodeUnitCount > 0, "a part of a name is ASCII")
        var text = self
        return text.withUTF8 { text in
            part.withUTF8Buffer { part in
                guard text.count >= part.count else { return false }
                return (0...text.count - part.count).contains { start in
                    part.indices.allSatisfy { text[start + $0] == part[$0] }
                }
            }
        }
    }
}
