import Glibc
import Synchronization
import Terminal

/// One line that librdkafka would have printed.
public struct KafkaLogLine: Hashable, Sendable {
    /// Severity as syslog has it: 3 error, 4 warning, 6 information, 7 debug.
    public let level: Int
    /// librdkafka's short name of the kind of event, as `FAIL`.
    public let facility: String
    /// The text, client's name first.
    public let text: String

    /// Severity of a warning.
    public static let warning = 4
}

/// Where librdkafka's own log goes, for all clients of the process.
public enum KafkaLog {
    private static let current = Mutex<@Sendable (KafkaLogLine) -> Void>(KafkaLog.print)

    /// Sends the log elsewhere from now on. The handler is called from librdkafka's threads and must be quick.
    public static func setHandler(_ handler: @escaping @Sendable (KafkaLogLine) -> Void) {
        current.withLock { $0 = handler }
    }

    /// The handler from the start: warnings and worse go to standard error, with a prefix.
    public static let print: @Sendable (KafkaLogLine) -> Void = { line in
        guard line.level <= KafkaLogLine.warning else { return }
        // It may quote what somebody wrote on the broker.
        var text = "kafka: \(line.text.escapedLine)\n"
        text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    }

    static func emit(_ line: KafkaLogLine) {
        // One set of properties serves producers and consumers, so that the half meant for the other is no news.
        if line.facility == "CONFWARN" && line.text.contains("property and will be ignored by this") { return }
        // A cluster that has just started needs a moment before it gives out producer numbers.
        if line.facility == "GETPID" && line.text.hasSuffix("retrying") { return }
        // An embedded cluster says twice that it cut somebody off, in words about protocols and versions.
        if line.facility == "PROTOERR", line.text.contains("Protocol parse failure for Produce") { return }
        current.withLock { $0 }(refusedRequest(line) ?? line)
    }

    /// What to say of a request that is larger than an embedded cluster takes; nil if the line says something else.
    private static func refusedRequest(_ line: KafkaLogLine) -> KafkaLogLine? {
        guard line.facility == "PROTOERR", let said = line.text.firstRange(of: "Invalid request size ") else {
            return nil
        }
        let words = line.text[said.upperBound...].split(separator: " ")
        guard words.count == 3, let bytes = Int(words[0]) else { return nil }
        return KafkaLogLine(
            level: KafkaLogLine.warning, facility: line.facility,
            text: "a request of \(bytes) bytes from \(words[2]) is refused: the embedded broker takes at most "
                + "\(EmbeddedBroker.largestRequestBytes)")
    }
}
