extension EventEnvelope {
    /// Makes the envelope of a record from outside as the run knows it.
    ///
    /// - Parameters:
    ///   - id: source and id as one: see ``EventID/outside(source:id:)``.
    ///   - instant: its known time: the instant at which it is admitted, whatever time it claims.
    public mutating func becomeOutside(as id: EventID, knownAt instant: Instant) {
        self.id = id
        time = instant
        if correlationID == nil { correlationID = Self.journey(ofOutside: id) }
    }

    /// The journey of an outsider's event that names none: a hash of source and id.
    public static func journey(ofOutside id: EventID) -> EventID {
        var hash = SipHash24(key: .init(0x6F75_7473, 0x6964_6572))
        hash.append(id.high)
        hash.append(id.low)
        let first = hash.finalize()
        hash.append(1 as UInt64)
        return .custom(hash: (first, hash.finalize()))
    }
}
