import AgencyKit
@_spi(Reflection) import Swift

/// Structures: their fields one after the other, those without references as they lie in memory.
///
/// Where fields stand the language's reflection says, which comes with its library and is not promised to stay: the first
/// cases of each type are read back and compared when they are packed, so that a toolchain that tells it otherwise packs
/// nothing, and no case is lost.
final class StructurePacking: Packing {
    private enum Field {
        /// Bytes from a place on, of one field or of neighbours.
        case plain(offset: Int, size: Int)
        case packed(offset: Int, Packing)
    }

    private let fields: [Field]

    override var isPossible: Bool { true }

    /// - Returns: nil for what is no structure, or has a field that cannot be packed.
    init?(_ type: Any.Type, _ state: PackingState) {
        guard Self.isStructure(type) else { return nil }
        var fields: [Field] = []
        var isPossible = true
        let isTold = _forEachField(of: type, options: []) { _, offset, type, _ in
            func size<Value>(_ type: Value.Type) -> Int? { _isPOD(type) ? MemoryLayout<Value>.size : nil }
            if let size = _openExistential(type, do: size) {
                if case .plain(let start, _) = fields.last {
                    fields[fields.count - 1] = .plain(offset: start, size: offset + size - start)
                } else {
                    fields.append(.plain(offset: offset, size: size))
                }
                return true
            }
            let packing = state.packing(ofUnknown: type)
            fields.append(.packed(offset: offset, packing))
            isPossible = isPossible && packing.isPossible
            return isPossible
        }
        guard isTold, isPossible, !fields.isEmpty else { return nil }
        self.fields = fields
    }

    private static func isStructure(_ type: Any.Type) -> Bool {
        // The first word of what describes a type at run time is its kind.
        let kind = unsafeBitCast(type, to: UnsafePointer<UInt>.self).pointee
        return _MetadataKind(rawValue: kind) == .struct
    }

    override func pack(_ value: UnsafeRawPointer, _ state: PackingState) throws {
        for field in fields {
            switch field {
            case .plain(let offset, let size): state.bytes.write(value + offset, size)
            case .packed(let offset, let packing): try packing.pack(value + offset, state)
            }
        }
    }

    override func unpack(_ place: UnsafeMutableRawPointer, _ state: PackingState) throws {
        // What was made before a field that is damaged stays without an owner: the run ends with that.
        for field in fields {
            switch field {
            case .plain(let offset, let size):
                (place + offset).copyMemory(from: try state.bytes.read(size), byteCount: size)
            case .packed(let offset, let packing): try packing.unpack(place + offset, state)
            }
        }
    }
}

/// A type that has itself in it: found when the first value is packed.
final class LatePacking: Packing {
    private let type: Any.Type

    init(_ type: Any.Type) { self.type = type }

    override var isPossible: Bool { true }

    override func pack(_ value: UnsafeRawPointer, _ state: PackingState) throws {
        try state.packing(ofUnknown: type).pack(value, state)
    }

    override func unpack(_ place: UnsafeMutableRawPointer, _ state: PackingState) throws {
        try state.packing(ofUnknown: type).unpack(place, state)
    }
}

/// Parts of a case: a byte, and the value of those that are not as at their beginning.
private final class PartPacking<Value: CasePart & Sendable>: Packing {
    private let value: Packing
    private let beginning = Value()

    init(_ value: Packing) { self.value = value }

    override var isPossible: Bool { value.isPossible }

    override func pack(_ place: UnsafeRawPointer, _ state: PackingState) throws {
        let isPacked = try place.assumingMemoryBound(to: Part<Value>.self).pointee.withTouched { own in
            guard own.pointee != beginning else { return false }
            state.bytes.write(1)
            try value.pack(UnsafeRawPointer(own), state)
            return true
        }
        if isPacked != true { state.bytes.write(0) }
    }

    override func unpack(_ place: UnsafeMutableRawPointer, _ state: PackingState) throws {
        guard try state.bytes.read(1).load(as: UInt8.self) == 1 else {
            place.initializeMemory(as: Part<Value>.self, to: Part())
            return
        }
        let own = state.scratch.take(MemoryLayout<Value>.size, alignment: MemoryLayout<Value>.alignment)
        defer { state.scratch.give(own) }
        try value.unpack(own, state)
        let part = Part(touched: own.assumingMemoryBound(to: Value.self).move())
        place.initializeMemory(as: Part<Value>.self, to: part)
    }
}

protocol PackablePart {
    static func packing(_ state: PackingState) -> Packing
}

extension Part: PackablePart {
    static func packing(_ state: PackingState) -> Packing { PartPacking<Value>(state.packing(of: Value.self)) }
}
