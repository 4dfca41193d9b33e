import Contracts
import Glibc
import JSON
import LifeEvents
import Terminal

/// Measures how many events one core reads and holds against the schemas of their types in a second of processor time: the
/// gate's part of a message that needs no broker, no agency and no store.
struct ValidationBench {
    /// The size that figures are told for, bytes; events of the contracts' examples within a quarter of it are taken.
    private static let size = 400
    /// So long the measured rounds last together, nanoseconds.
    private static let duration: Int64 = 1_000_000_000

    private struct Sample {
        let bytes: [UInt8]
        let topic: MessageSchemas.Topic
    }

    let json: Bool
    let output: TerminalOutput

    func perform() throws -> Int32 {
        let samples = try samples(of: Places.catalogue(nil))
        guard !samples.isEmpty else {
            throw Failure(.environment, "no example of the contracts is of the size measured")
        }
        // The first round reads what the others have at hand.
        try round(samples)
        var (rounds, passed): (Int, Int64) = (0, 0)
        let start = Self.processorTime()
        repeat {
            try round(samples)
            rounds += 1
            passed = Self.processorTime() - start
        } while passed < Self.duration
        report(samples, rate: Double(rounds * samples.count) / (Double(passed) / 1e9))
        return 0
    }

    /// What this thread has taken of a core, in nanoseconds: who else is working does not count.
    private static func processorTime() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Each example of the contracts as an event, as far as it is of the size.
    private func samples(of catalogue: Catalogue) throws -> [Sample] {
        var samples: [Sample] = []
        for type in try catalogue.typeSchemas() {
            for example in type.examples {
                let id = EventID.v7(milliseconds: 0, ordinal: 0, hash62: UInt64(samples.count))
                let subject = Subject(seed: 1, scenario: "bench", case: "", name: "person")
                let envelope = EventEnvelope(
                    id: id, source: AgencyID(owner: type.owner), subject: subject, time: .earliest)
                var writer = JSONWriter(capacity: Self.size)
                var data = example
                envelope.write(type: type.type, into: &writer) { writer in
                    data.withUTF8 { writer.raw(UnsafeRawBufferPointer($0)) }
                }
                guard Self.size * 3 / 4...Self.size * 5 / 4 ~= writer.bytes.count else { continue }
                samples.append(Sample(bytes: writer.bytes, topic: catalogue.schemas.topic(named: type.type.topic)))
            }
        }
        return samples
    }

    /// Reads each event once and holds it against its schema.
    /// - Throws: `Failure` if one is not right: then it is not this that is measured.
    private func round(_ samples: [Sample]) throws {
        var tape = JSONTape()
        for place in samples.indices {
            let complaint = try samples[place].bytes.withUnsafeBytes { bytes in
                try tape.parse(bytes)
                return samples[place].topic.complaint(
                    about: tape.root[Self.dataKey], type: tape.root[Self.typeKey] ?? tape.root, isAnnulled: false)
            }
            if let complaint { throw Failure(.invalidFile, "an example of the contracts is not right: \(complaint)") }
        }
    }

    private static let dataKey = JSONKey("data")
    private static let typeKey = JSONKey("type")

    private func report(_ samples: [Sample], rate: Double) {
        let size = samples.reduce(0) { $0 + $1.bytes.count } / samples.count
        guard json else {
            output.writeLine(
                "\(Int(rate)) events/s parsed and validated by one core: \(counted(samples.count, "example")) of "
                    + "\(size) bytes each in turn")
            return
        }
        var writer = JSONWriter(pretty: true)
        writer.beginObject()
        writer.key("validationEventsPerSecond")
        writer.int(Int64(rate))
        writer.key("examples")
        writer.int(Int64(samples.count))
        writer.key("bytes")
        writer.int(Int64(size))
        writer.endObject()
        output.writeLine(writer.text)
    }
}
