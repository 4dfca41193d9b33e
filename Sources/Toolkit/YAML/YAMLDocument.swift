/// One YAML file as nodes with positions.
///
/// It reads the part of YAML 1.1 that people write by hand. Anchors, aliases, tags, merge keys, directives, duplicate
/// keys, tabs and a second document are refused, each with its place, and a file can cost only what ``YAMLLimits``
/// allows.
///
/// ```swift
/// let document = try YAMLDocument(contentsOf: "move.yaml")
/// let title = document.root.entry(named: "title")?.value.scalar
/// ```
public struct YAMLDocument: Sendable {
    /// The file's name, as given.
    public let file: String
    /// The bytes of the file.
    public let utf8: [UInt8]
    /// The value the file holds.
    public let root: YAMLNode

    /// A document by its parts.
    init(file: String, utf8: [UInt8], root: YAMLNode) {
        (self.file, self.utf8, self.root) = (file, utf8, root)
    }

    /// Reads bytes.
    ///
    /// - Parameter file: the name that errors and nodes carry; nothing is opened.
    public init(utf8: [UInt8], file: String, limits: YAMLLimits = .default) throws(YAMLError) {
        if utf8.count > limits.bytes { throw .tooLarge(file, limits) }
        self.file = file
        self.utf8 = utf8
        root = try utf8.withUnsafeBufferPointer { (bytes) throws(YAMLError) -> YAMLNode in
            try Self.read(bytes, file: file, limits: limits)
        }
    }

    /// Reads text.
    ///
    /// - Parameter file: the name that errors and nodes carry; nothing is opened.
    public init(text: String, file: String, limits: YAMLLimits = .default) throws(YAMLError) {
        try self.init(utf8: Array(text.utf8), file: file, limits: limits)
    }

    /// Reads a file. What is larger than the limit, or no regular file, is refused unread.
    public init(contentsOf path: String, limits: YAMLLimits = .default) throws(YAMLError) {
        try self.init(utf8: FileBytes.read(path, limits: limits), file: path, limits: limits)
    }

    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, file: String, limits: YAMLLimits
    ) throws(YAMLError) -> YAMLNode {
        let start = ByteCheck.byteOrderMarkLength(of: bytes)
        if let offence = ByteCheck.firstOffence(in: bytes) {
            let position = MarkCursor(bytes: bytes, start: start).position(atOffset: offence.offset)
            throw YAMLError(file: file, position: position, code: offence.code, message: offence.message)
        }
        // libyaml takes no null address, which an empty buffer may have.
        if bytes.count == start { throw .empty(file) }
        guard var reader = EventReader(bytes: UnsafeBufferPointer(rebasing: bytes[start...])) else {
            throw YAMLError(file: file, position: .start, code: .unreadable, message: "not enough memory")
        }
        var builder = TreeBuilder(bytes: bytes, start: start, file: file, limits: limits)
        return try builder.build(from: &reader)
    }
}

extension YAMLError {
    static func empty(_ file: String) -> YAMLError {
        YAMLError(file: file, position: .start, code: .empty, message: "the file is empty")
    }

    static func tooLarge(_ file: String, _ limits: YAMLLimits) -> YAMLError {
        YAMLError(
            file: file, position: .start, code: .tooLarge, message: "the file is larger than \(limits.bytes) bytes")
    }
}
