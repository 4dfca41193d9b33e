/// What a draw is about, by what stays the same however messages travel: ids and times of messages differ between planes
/// after the first late delivery, so no draw that planes share may hang on them.
public struct Occasion: Hashable, Sendable {
    let first: UInt64
    let second: UInt64

    /// Both halves come of one key each; nothing secret hangs on them.
    private static let key = SipHash24.Key(0x6F63_6361_7369_6F6E, 0x6C69_7673_6275_7373)

    /// The occasion of a message.
    /// - Parameters:
    ///   - type: its type's name.
    ///   - occurredAt: when it happened; nil: the message does not say.
    public init(
        correlation: EventID?, subject: Subject, type: some StringProtocol, change: ChangeType?, occurredAt: Instant?
    ) {
        func hash(_ key: SipHash24.Key) -> UInt64 {
            var hash = SipHash24(key: key)
            hash.append(correlation?.high ?? 0)
            hash.append(correlation?.low ?? 0)
            hash.append(subject.rawValue)
            hash.append(field: type)
            hash.append(field: change?.rawValue ?? "")
            hash.append(UInt64(bitPattern: occurredAt?.milliseconds ?? 0))
            return hash.finalize()
        }
        first = hash(Self.key)
        second = hash(SipHash24.Key(Self.key.high, Self.key.low))
    }

    /// The occasion of the envelope's message.
    public init(_ envelope: EventEnvelope, type: some StringProtocol) {
        self.init(
            correlation: envelope.correlationID, subject: envelope.subject, type: type, change: envelope.change,
            occurredAt: envelope.occurredAt)
    }

    @inline(__always)
    func feed(_ hash: inout SipHash24) {
        hash.append(first)
        hash.append(second)
    }
}

extension RandomStream {
    /// The stream of a purpose on an occasion: the same in every plane.
    ///
    /// - Parameters:
    ///   - seed: the run's seed.
    ///   - agency: who draws, or the reader for whom is drawn.
    ///   - subject: whom it is about, or who carries it.
    ///   - purpose: what is drawn: `branch/channel/parameter`.
    public init(
        seed: UInt64, agency: AgencyID, subject: Subject, purpose: some StringProtocol, occasion: Occasion
    ) {
        var hash = SipHash24(key: SipHash24.Key(seed, 0x706C_616E_6573_2D72))
        agency.feed(&hash)
        hash.append(subject.rawValue)
        hash.append(field: purpose)
        occasion.feed(&hash)
        self.init(state: hash.finalize())
    }
}
