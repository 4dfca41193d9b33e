import AgencyKit

/// How values of one type are packed: in this process, for this process, in the order in which the type encodes itself.
///
/// Nothing is named and nothing converted: what has no references is copied as it lies in memory. Such bytes mean nothing to
/// another program, so no checkpoint has them.
class Packing {
    /// Packs the value that stands somewhere.
    func pack(_ value: UnsafeRawPointer, _ state: PackingState) throws { throw PackingError.unsupported }

    /// Puts a value where none is yet.
    func unpack(_ place: UnsafeMutableRawPointer, _ state: PackingState) throws { throw PackingError.unsupported }
}

/// Values without references: their memory. Ids, keys, days, months, numbers, most enumerations.
private final class PlainPacking: Packing {
    private let size: Int

    init(size: Int) { self.size = size }

    override func pack(_ value: UnsafeRawPointer, _ state: PackingState) throws { state.bytes.write(value, size) }

    override func unpack(_ place: UnsafeMutableRawPointer, _ state: PackingState) throws {
        place.copyMemory(from: try state.bytes.read(size), byteCount: size)
    }
}

/// Texts: their length and their UTF-8.
private final class TextPacking: Packing {
    override func pack(_ value: UnsafeRawPointer, _ state: PackingState) throws {
        var text = value.assumingMemoryBound(to: String.self).pointee
        text.withUTF8 { utf8 in
            state.bytes.write(length: utf8.count)
            if let start = utf8.baseAddress { state.bytes.write(start, utf8.count) }
        }
    }

    override func unpack(_ place: UnsafeMutableRawPointer, _ state: PackingState) throws {
        let length = try state.bytes.readLength()
        let utf8 = UnsafeRawBufferPointer(start: try state.bytes.read(length), count: length)
        place.initializeMemory(as: String.self, to: String(decoding: utf8, as: UTF8.self))
    }
}

/// Lists: their length, and each element; of elements without references all their memory at once.
private final class ListPacking<Element: Codable>: Packing {
    private let isPlain = _isPOD(Element.self)
    private let element: Packing

    init(_ element: Packing) { self.element = element }

    override func pack(_ value: UnsafeRawPointer, _ state: PackingState) throws {
        try value.assumingMemoryBound(to: [Element].self).pointee.withUnsafeBufferPointer { elements in
            state.bytes.write(length: elements.count)
            guard let start = elements.baseAddress else { return }
            let stride = MemoryLayout<Element>.stride
            if isPlain { return state.bytes.write(start, elements.count * stride) }
            for place in elements.indices { try element.pack(UnsafeRawPointer(start + place), state) }
        }
    }

    override func unpack(_ place: UnsafeMutableRawPointer, _ state: PackingState) throws {
        let count = try state.bytes.readLength()
        let list =
            count == 0
            ? []
            : try [Element](unsafeUninitializedCapacity: count) { elements, made in
                guard let start = elements.baseAddress else { return }
                if isPlain {
                    let size = count * MemoryLayout<Element>.stride
                    UnsafeMutableRawPointer(start).copyMemory(from: try state.bytes.read(size), byteCount: size)
                    made = count
                }
                while made < count {
                    try element.unpack(UnsafeMutableRawPointer(start + made), state)
                    made += 1
                }
            }
        place.initializeMemory(as: [Element].self, to: list)
    }
}

/// What may be missing: a byte, and the value.
private final class OptionalPacking<Wrapped: Codable>: Packing {
    private let wrapped: Packing

    init(_ wrapped: Packing) { self.wrapped = wrapped }

    override func pack(_ value: UnsafeRawPointer, _ state: PackingState) throws {
        guard let value = value.assumingMemoryBound(to: Wrapped?.self).pointee else { return state.bytes.write(0) }
        state.bytes.write(1)
        try withUnsafePointer(to: value) { try wrapped.pack($0, state) }
    }

    override func unpack(_ place: UnsafeMutableRawPointer, _ state: PackingState) throws {
        guard try state.bytes.read(1).load(as: UInt8.self) == 1 else {
            place.initializeMemory(as: Wrapped?.self, to: nil)
            return
        }
        let value = state.scratch.take(MemoryLayout<Wrapped>.size, alignment: MemoryLayout<Wrapped>.alignment)
        defer { state.scratch.give(value) }
        try wrapped.unpack(value, state)
        place.initializeMemory(as: Wrapped?.self, to: value.assumingMemoryBound(to: Wrapped.self).move())
    }
}

/// Everything else, as it encodes itself.
private final class CodedPacking<Value: Codable>: Packing {
    override func pack(_ value: UnsafeRawPointer, _ state: PackingState) throws {
        let outer = state.level
        state.depth += 1
        state.level = state.depth
        defer { state.level = outer }
        let isOpen = state.isOpen
        state.isOpen = false
        try value.assumingMemoryBound(to: Value.self).pointee.encode(to: Packer(state: state))
        if state.isOpen { state.bytes.write(0) }
        state.isOpen = isOpen
    }

    override func unpack(_ place: UnsafeMutableRawPointer, _ state: PackingState) throws {
        let isOpen = state.isOpen
        state.isOpen = false
        let value = try Value(from: Unpacker(state: state))
        if state.isOpen {
            guard try state.bytes.read(1).load(as: UInt8.self) == 0 else { throw PackingError.damaged }
        }
        state.isOpen = isOpen
        place.initializeMemory(as: Value.self, to: value)
    }
}

/// Chains: nearly all are a head and a state, without references, and are copied as they lie in memory.
private final class ChainPacking: Packing {
    private let size: Int
    private let whole: Packing

    /// - Parameters:
    ///   - size: how much of a chain comes before the reference to what most have no need of.
    ///   - whole: how a chain is packed that has such.
    init(size: Int, whole: Packing) {
        self.size = size
        self.whole = whole
    }

    override func pack(_ value: UnsafeRawPointer, _ state: PackingState) throws {
        let isWhole = value.load(fromByteOffset: size, as: UInt.self) != 0
        state.bytes.write(isWhole ? 1 : 0)
        if isWhole { try whole.pack(value, state) } else { state.bytes.write(value, size) }
    }

    override func unpack(_ place: UnsafeMutableRawPointer, _ state: PackingState) throws {
        guard try state.bytes.read(1).load(as: UInt8.self) == 0 else { return try whole.unpack(place, state) }
        place.copyMemory(from: try state.bytes.read(size), byteCount: size)
        place.storeBytes(of: 0, toByteOffset: size, as: UInt.self)
    }
}

// MARK: - By type

private protocol PackableChain {
    static func packing(_ state: PackingState) -> Packing
}

extension FactChain: PackableChain {
    fileprivate static func packing(_ state: PackingState) -> Packing {
        let size = placeOfRest
        let isLast = size + MemoryLayout<UInt>.size == MemoryLayout<Self>.size
        guard _isPOD(Value.self), isLast, size % MemoryLayout<UInt>.alignment == 0 else { return CodedPacking<Self>() }
        return ChainPacking(size: size, whole: CodedPacking<Self>())
    }
}

private protocol PackableList {
    static func packing(_ state: PackingState) -> Packing
}

extension Array: PackableList where Element: Codable {
    fileprivate static func packing(_ state: PackingState) -> Packing {
        ListPacking<Element>(state.packing(of: Element.self))
    }
}

private protocol PackableOptional {
    static func packing(_ state: PackingState) -> Packing
}

extension Optional: PackableOptional where Wrapped: Codable {
    fileprivate static func packing(_ state: PackingState) -> Packing {
        OptionalPacking<Wrapped>(state.packing(of: Wrapped.self))
    }
}

/// What packs and unpacks the cases of one thread: the bytes, and how each type is packed that was met.
final class PackingState {
    @exclusivity(unchecked) var bytes = PackedBytes()
    @exclusivity(unchecked) var scratch = Scratch()
    /// Whether the value that is packed or unpacked has named fields.
    @exclusivity(unchecked) var isOpen = false
    /// The value that may write now: one that goes on after another has begun within it has no packed form.
    @exclusivity(unchecked) var level = 0
    @exclusivity(unchecked) var depth = 0
    /// Open addressing by the addresses of types: asked for each field.
    @exclusivity(unchecked) private var known: [(type: ObjectIdentifier, packing: Packing)?]
    @exclusivity(unchecked) private var count = 0

    init() { known = Array(repeating: nil, count: 256) }

    /// How a type is packed.
    @inline(__always)
    func packing<Value>(of type: Value.Type) -> Packing {
        let id = ObjectIdentifier(type)
        var place = home(id)
        while let entry = known[place] {
            if entry.type == id { return entry.packing }
            place = (place + 1) & (known.count - 1)
        }
        let packing = makePacking(type)
        add(id, packing)
        return packing
    }

    @inline(__always)
    private func home(_ id: ObjectIdentifier) -> Int {
        let hash = UInt64(UInt(bitPattern: id)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: hash >> 40) & (known.count - 1)
    }

    private func add(_ id: ObjectIdentifier, _ packing: Packing) {
        if (count + 1) * 2 > known.count {
            let old = known
            known = Array(repeating: nil, count: old.count * 2)
            count = 0
            for case let entry? in old { add(entry.type, entry.packing) }
        }
        var place = home(id)
        while known[place] != nil { place = (place + 1) & (known.count - 1) }
        known[place] = (id, packing)
        count += 1
    }

    private func makePacking<Value>(_ type: Value.Type) -> Packing {
        if _isPOD(type) { return PlainPacking(size: MemoryLayout<Value>.size) }
        if type == String.self { return TextPacking() }
        if let chain = type as? any PackableChain.Type { return chain.packing(self) }
        if let list = type as? any PackableList.Type { return list.packing(self) }
        if let optional = type as? any PackableOptional.Type { return optional.packing(self) }
        guard let coded = type as? any Codable.Type else { return Packing() }
        func open<Coded: Codable>(_ type: Coded.Type) -> Packing { CodedPacking<Coded>() }
        return open(coded)
    }

    // MARK: - Whole values

    /// Packs a value into ``bytes``, in place of what was there.
    func pack<Value: Codable>(_ value: Value) throws {
        bytes.removeAll()
        (level, depth, isOpen) = (0, 0, false)
        try withUnsafePointer(to: value) { try packing(of: Value.self).pack($0, self) }
    }

    /// The value that was packed into ``bytes``.
    func unpack<Value: Codable>(_ type: Value.Type) throws -> Value {
        isOpen = false
        let value = try read(type)
        guard bytes.isAtEnd else { throw PackingError.damaged }
        return value
    }
}
