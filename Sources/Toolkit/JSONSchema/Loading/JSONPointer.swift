/// The way of writing of JSON Pointers (RFC 6901).
///
/// Read by scalars: with a combining mark behind it a `/` is another `Character`.
enum JSONPointer {
    /// A name as a step, without the `/` before it.
    static func escaped(_ name: String) -> String {
        var step = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": step.append(contentsOf: "~0".unicodeScalars)
            case "/": step.append(contentsOf: "~1".unicodeScalars)
            default: step.append(scalar)
            }
        }
        return String(step)
    }

    /// The names that a pointer consists of; none for the empty pointer.
    static func steps(_ pointer: String) -> [String] {
        pointer.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(name)
    }

    private static func name(_ step: Substring.UnicodeScalarView) -> String {
        var name = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in step {
            switch (isEscaped, scalar) {
            case (true, "0"): isEscaped = false
            case (true, "1"):
                name.removeLast()
                name.append("/")
                isEscaped = false
            default:
                name.append(scalar)
                isEscaped = scalar == "~"
            }
        }
        return String(name)
    }
}

/// A text that equals only one of the same scalars: `String` takes é as one scalar and as two for the same.
struct ExactText: Hashable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ExactText, right: ExactText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
        let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
            hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
        if isHashed == nil { Array(text.utf8).withUnsafeBytes { hasher.combine(bytes: $0) } }
    }
}
