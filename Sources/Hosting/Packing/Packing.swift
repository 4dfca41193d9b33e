import AgencyKit

/// How values of one type are packed: in this process, for this process, as they lie in memory.
///
/// Nothing is named and nothing converted: what has no references is copied, and a structure is its fields. Such bytes mean
/// nothing to another program, so no checkpoint has them.
class Packing {
    /// Whether values of the type can be packed at all.
    var isPossible: Bool { false }

    /// Packs the value that stands somewhere.
    func pack(_ value: UnsafeRawPointer, _ state: PackingState) throws { throw PackingError.unsupported }

    /// Puts a value where none is yet.
    func unpack(_ place: UnsafeMutableRawPointer, _ state: PackingState) throws { throw PackingError.unsupported }
}

/// Values without references: their memory. Ids, keys, days, months, numbers, most enumerations.
final class PlainPacking: Packing {
    override var isPossible: Bool { true }

    private let size: Int

    init(size: Int) { self.size = size }

    override func pack(_ value: UnsafeRawPointer, _ state: PackingState) throws { state.bytes.write(value, size) }

    override func unpack(_ place: UnsafeMutableRawPointer, _ state: PackingState) throws {
        place.copyMemory(from: try state.bytes.read(size), byteCount: size)
    }
}

/// Texts: their length and their UTF-8.
final class TextPacking: Packing {
    override var isPossible: Bool { true }

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
    override var isPossible: Bool { element.isPossible }

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
    override var isPossible: Bool { wrapped.isPossible }

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

/// Everything else, enumerations with references among it, as it encodes itself.
final class CodedPacking<Value: Codable>: Packing {
    override var isPossible: Bool { true }

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

// MARK: - By type

protocol PackableList {
    static func packing(_ state: PackingState) -> Packing
}

extension Array: PackableList where Element: Codable {
    static func packing(_ state: PackingState) -> Packing {
        ListPacking<Element>(state.packing(of: Element.self))
    }
}

protocol PackableOptional {
    static func packing(_ state: PackingState) -> Packing
}

extension Optional: PackableOptional where Wrapped: Codable {
    static func packing(_ state: PackingState) -> Packing {
        OptionalPacking<Wrapped>(state.packing(of: Wrapped.self))
    }
}
