/// How much memory a consumer takes, whatever stands in the log.
///
/// A packed batch can be much smaller than what it holds: 255 times with lz4, 31,000 times with zstd. librdkafka unpacks
/// all batches of a fetch before it counts them, so the fetch itself has to be small; then the queue of what is unpacked
/// has a bound; then the caller is handed only so much at once. Measured with librdkafka 2.0.2 and 150 records of 15 MB
/// in lz4 on the embedded broker: 140 MB, and 1,026 MB with the bounds that throughput alone would choose.
enum FetchLimits {
    /// What one fetch brings, packed, apart from the first batch, which a broker sends whole: eight to ten thousand
    /// messages of ours, and with lz4 at most 255 MiB unpacked.
    static let fetchBytes = 1 << 20
    /// The largest answer to a fetch, so the largest single batch, and the most that librdkafka unpacks of one zstd
    /// batch (lz4 has no such bound there). Values from 16 MB on are no JSON of ours anyway.
    static let unpackedBatchBytes = 16 << 20
    /// Room for a batch's own header, keys and headers beside one record.
    static let slackBytes = 65_536
    /// What may wait, unpacked, for the caller before librdkafka stops to fetch.
    static let queuedBytes = 64 << 20
    /// How many bytes of keys and values one batch to the caller holds, apart from its last record.
    static let batchBytes = 16 << 20
    /// How many records one batch to the caller holds.
    static let batchRecords = 10_000
}
