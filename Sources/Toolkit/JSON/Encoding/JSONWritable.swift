/// A type that writes itself to a `JSONWriter`, without the boxes of an `Encoder`.
public protocol JSONWritable {
    /// Writes exactly one value.
    func write(json writer: inout JSONWriter)
}

extension JSONWritable where Self: JSONStringEncodable {
    /// Writes the value as a string.
    @inlinable
    public func write(json writer: inout JSONWriter) { write(jsonString: &writer) }
}

extension String: JSONWritable {
    /// Writes a string.
    public func write(json writer: inout JSONWriter) { writer.string(self) }
}

extension Bool: JSONWritable {
    /// Writes `true` or `false`.
    public func write(json writer: inout JSONWriter) { writer.bool(self) }
}

extension Int: JSONWritable {
    /// Writes a whole number.
    public func write(json writer: inout JSONWriter) { writer.int(Int64(self)) }
}

extension Double: JSONWritable {
    /// Writes a number with the fewest digits that read back as the same; what is not finite becomes `null`.
    public func write(json writer: inout JSONWriter) { writer.double(self) }
}

extension Array: JSONWritable where Element: JSONWritable {
    /// Writes an array.
    @inlinable
    public func write(json writer: inout JSONWriter) {
        writer.beginArray()
        for element in self { element.write(json: &writer) }
        writer.endArray()
    }
}

extension JSONWriter {
    /// Writes a member of the object begun last.
    @inlinable
    public mutating func member(_ key: JSONKey, _ value: some JSONWritable) {
        self.key(key)
        value.write(json: &self)
    }

    /// Writes a member of the object begun last, unless it is nil.
    @inlinable
    public mutating func member(_ key: JSONKey, ifPresent value: (some JSONWritable)?) {
        guard let value else { return }
        self.key(key)
        value.write(json: &self)
    }
}
