import CRdkafka
import Synchronization

/// What a client reports about itself beside its answers: lost brokers, refused logins.
final class ClientEvents: Sendable {
    private struct State {
        var untaken: [KafkaError] = []
        var latest: KafkaError?
    }

    private let state = Mutex(State())
    private let loginHint: String?
    private let access: AccessHelp
    private let servers: String

    /// An unattended client may fail to connect for hours; only the newest errors are of use.
    private static let kept = 64

    init(_ settings: KafkaSettings) {
        loginHint = KafkaSettings.scramHint(settings)
        access = AccessHelp(settings)
        servers = settings.bootstrapServers
    }

    /// librdkafka's error callback; called from whichever thread polls.
    func note(_ handle: OpaquePointer?, _ code: rd_kafka_resp_err_t, _ reason: UnsafePointer<CChar>?) {
        var error = KafkaError(code: KafkaErrorCode(code), line: reason.map { String(cString: $0) } ?? "")
        if error.code == .fatal, let handle {
            error = ClientEvents.fatalError(of: handle) ?? error
        }
        note(error)
    }

    func note(_ error: KafkaError) {
        var error = access.explained(error)
        if error.code == .authentication, let loginHint { error.reason += " (\(loginHint))" }
        state.withLock { state in
            if state.untaken.count == ClientEvents.kept { state.untaken.removeFirst() }
            state.untaken.append(error)
            // "All brokers are down" only counts them; the error before it says why.
            if error.code != .allBrokersDown || state.latest == nil { state.latest = error }
        }
    }

    /// What came since the last call, oldest first.
    func take() -> [KafkaError] {
        state.withLock { state in
            defer { state.untaken = [] }
            return state.untaken
        }
    }

    /// A failed call's code, or the cause where a lost broker explains it; with the broker's address, and for how long
    /// it was tried.
    func explain(_ code: KafkaErrorCode, waited timeout: Duration?, topic: String? = nil) -> KafkaError {
        let isVague = code == .transport || code == .timedOut || code == .allBrokersDown || code == .messageTimedOut
        guard isVague else { return access.explained(KafkaError(code: code, topic: topic)) }
        var cause = state.withLock { $0.latest } ?? KafkaError(code: code, reason: "no broker answered")
        if cause.code == .allBrokersDown { cause.code = .transport }
        if let topic { cause.topic = topic }
        // A stopped broker breaks no connection: then the only address known is the one that was given.
        if cause.broker == nil { cause.broker = servers }
        if let timeout { cause.reason += "; tried for \(timeout.words)" }
        return cause
    }

    /// Adds to a refusal what a person has to type.
    func explained(_ error: KafkaError, operations: [String] = AccessHelp.ofARun) -> KafkaError {
        access.explained(error, operations: operations)
    }

    /// The error that made an idempotent producer stop.
    static func fatalError(of handle: OpaquePointer) -> KafkaError? {
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: 512)
        defer { words.deallocate() }
        let code = rd_kafka_fatal_error(handle, words, 512)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        return KafkaError(code: .fatal, reason: "\(String(cString: words)) (\(KafkaErrorCode(code)))")
    }
}
