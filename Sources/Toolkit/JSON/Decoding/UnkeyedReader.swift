/// The elements of an array, for a decoded type.
struct UnkeyedReader: UnkeyedDecodingContainer {
    private let array: JSONValue
    private let root: UInt32
    private var cursor: UInt32
    private var position: UInt32 = 0

    init(_ array: JSONValue, root: UInt32) throws {
        guard array.token.is(.array) else { throw JSONDecodingError(array, isNot: "an array", below: root) }
        self.array = array
        self.root = root
        cursor = array.index &+ 1
    }

    var codingPath: [any CodingKey] { TapeDecoder(value: array, root: root).codingPath }
    var count: Int? { array.count }
    var currentIndex: Int { Int(position) }
    var isAtEnd: Bool { cursor >= array.token.next }

    @inline(__always)
    private func current() throws -> TapeDecoder {
        guard !isAtEnd else {
            throw JSONDecodingError(at: array, below: root, "the array has only \(position) elements")
        }
        return TapeDecoder(value: JSONValue(storage: array.storage, index: cursor), root: root)
    }

    /// Reads the next element and moves past it; an error leaves it for another try.
    @inline(__always)
    private mutating func next<T>(_ read: (TapeDecoder) throws -> T) throws -> T {
        let decoder = try current()
        let element = try read(decoder)
        cursor = decoder.value.token.next
        position &+= 1
        return element
    }

    mutating func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type
    ) throws -> KeyedDecodingContainer<Inner> {
        try next { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder { try next { $0 } }

    mutating func decodeNil() throws -> Bool {
        guard try current().decodeNil() else { return false }
        return try next { $0.decodeNil() }
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try next { try $0.decode(type) } }
    mutating func decode(_ type: String.Type) throws -> String { try next { try $0.decode(type) } }
    mutating func decode(_ type: Double.Type) throws -> Double { try next { try $0.decode(type) } }
    mutating func decode(_ type: Float.Type) throws -> Float { try next { try $0.decode(type) } }
    mutating func decode(_ type: Int.Type) throws -> Int { try next { try $0.decode(type) } }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try next { try $0.decode(type) } }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try next { try $0.decode(type) } }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try next { try $0.decode(type) } }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try next { try $0.decode(type) } }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try next { try $0.decode(type) } }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try next { try $0.decode(type) } }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try next { try $0.decode(type) } }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try next { try $0.decode(type) } }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try next { try $0.decode(type) } }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next { try T(from: $0) } }
}
