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
    /// The types whose packing is being made.
    @exclusivity(unchecked) private var making: [ObjectIdentifier] = []

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
        // A structure that has itself in it, in a list, would never be made.
        guard !making.contains(id) else { return LatePacking(type) }
        making.append(id)
        let packing = makePacking(type)
        making.removeLast()
        add(id, packing)
        return packing
    }

    /// How a type is packed of which only this is known.
    func packing(ofUnknown type: Any.Type) -> Packing {
        func open<Value>(_ type: Value.Type) -> Packing { packing(of: type) }
        return _openExistential(type, do: open)
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
        if let list = type as? any PackableList.Type { return list.packing(self) }
        if let optional = type as? any PackableOptional.Type { return optional.packing(self) }
        if let part = type as? any PackablePart.Type { return part.packing(self) }
        if let structure = StructurePacking(type, self) { return structure }
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
