import CRdkafka

/// The argument array of `rd_kafka_produceva`, laid out once and refilled for each record.
final class ProduceArguments {
    let base: UnsafeMutablePointer<rd_kafka_vu_t>
    /// Stands for the address of an empty key or value: a null address would mean that there is none.
    private let empty = UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1)
    /// The header that `prototype` holds.
    private var header: RecordHeader?
    private var prototype: OpaquePointer?
    /// A copy of the prototype that no record has taken.
    private var spare: OpaquePointer?

    private static let slots = 7

    init() {
        base = .allocate(capacity: ProduceArguments.slots)
        base.initialize(repeating: rd_kafka_vu_t(), count: ProduceArguments.slots)
        base[0].vtype = RD_KAFKA_VTYPE_RKT
        base[1].vtype = RD_KAFKA_VTYPE_PARTITION
        base[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS
        base[2].u.i = RD_KAFKA_MSG_F_COPY
        base[3].vtype = RD_KAFKA_VTYPE_VALUE
        base[4].vtype = RD_KAFKA_VTYPE_KEY
        base[5].vtype = RD_KAFKA_VTYPE_OPAQUE
        base[6].vtype = RD_KAFKA_VTYPE_HEADERS
    }

    deinit {
        base.deallocate()
        empty.deallocate()
        forgetHeader()
    }

    /// Sets all arguments; returns how many of them count.
    func fill(
        topic: OpaquePointer, partition: Int32, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
        header: RecordHeader?, opaque: Int
    ) -> Int {
        base[0].u.rkt = topic
        base[1].u.i32 = partition
        set(3, value)
        set(4, key)
        base[5].u.ptr = UnsafeMutableRawPointer(bitPattern: opaque)
        guard let header else { return ProduceArguments.slots - 1 }
        if header !== self.header { lay(header) }
        if spare == nil { spare = rd_kafka_headers_copy(prototype) }
        base[6].u.headers = spare
        return ProduceArguments.slots
    }

    /// A record was queued with the arguments as they stand, and owns the headers given with it.
    func areTaken(count: Int) {
        // Not so when the record is refused. Headers given as RD_KAFKA_VTYPE_HEADER, which librdkafka allocates
        // itself, are freed twice by 2.0.2 when there is no such partition.
        if count == ProduceArguments.slots { spare = nil }
    }

    private func set(_ slot: Int, _ bytes: UnsafeRawBufferPointer?) {
        guard let bytes else {
            base[slot].u.mem.ptr = nil
            base[slot].u.mem.size = 0
            return
        }
        base[slot].u.mem.ptr = bytes.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) } ?? empty
        base[slot].u.mem.size = bytes.count
    }

    private func lay(_ header: RecordHeader) {
        forgetHeader()
        self.header = header
        prototype = rd_kafka_headers_new(header.fields.count)
        for field in header.fields {
            guard let value = field.value else {
                // A null address means a header without a value.
                _ = rd_kafka_header_add(prototype, field.name, -1, nil, 0)
                continue
            }
            value.withUnsafeBytes { value in
                _ = rd_kafka_header_add(
                    prototype, field.name, -1, value.baseAddress ?? UnsafeRawPointer(empty), value.count)
            }
        }
    }

    private func forgetHeader() {
        if let spare { rd_kafka_headers_destroy(spare) }
        if let prototype { rd_kafka_headers_destroy(prototype) }
        spare = nil
        prototype = nil
        header = nil
    }
}
