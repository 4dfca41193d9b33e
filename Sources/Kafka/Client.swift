import CRdkafka

/// One `rd_kafka_t` and what it reports about itself; destroyed with the object.
///
/// Not `Sendable`: the producer, consumer or admin that owns it is used from one thread.
final class Client {
    let handle: OpaquePointer
    let settings: KafkaSettings
    let events: ClientEvents
    private let isConsumer: Bool

    /// - Throws: `KafkaError` with librdkafka's words when a property is refused.
    init(
        _ role: KafkaSettings.Role, settings: KafkaSettings, configure: (OpaquePointer) -> Void = { _ in }
    ) throws(KafkaError) {
        for (name, value) in settings.properties {
            guard let complaint = PropertyRules.complaint(about: name, value) else { continue }
            throw KafkaError(code: .invalidArgument, reason: complaint)
        }
        self.settings = settings
        events = ClientEvents(settings)
        isConsumer = role == .consumer
        let kind = isConsumer ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER
        handle = try Client.make(kind, settings.properties(for: role)) { [events] configuration in
            rd_kafka_conf_set_opaque(configuration, Unmanaged.passUnretained(events).toOpaque())
            rd_kafka_conf_set_error_cb(configuration) { handle, code, reason, opaque in
                guard let opaque else { return }
                let events = Unmanaged<ClientEvents>.fromOpaque(opaque).takeUnretainedValue()
                events.note(handle, rd_kafka_resp_err_t(rawValue: code), reason)
            }
            settings.host?.requests.watch(configuration)
            configure(configuration)
        }
    }

    deinit {
        // Callbacks may come until the handle is gone, and it may still talk to its embedded cluster: so `events` and
        // `settings` go after it.
        Disposal.run(waitingAtMost: .seconds(10)) { [handle, events, settings, isConsumer] in
            if isConsumer {
                // There is no group to leave, and librdkafka 2.0.2 waits for ever on leaving one when an assigned topic
                // was deleted meanwhile; once nothing is assigned it does not.
                rd_kafka_assign(handle, nil)
                rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
            } else {
                rd_kafka_destroy(handle)
            }
            withExtendedLifetime((events, settings)) {}
        }
    }

    /// A bare handle with these properties, whose log goes to `KafkaLog`.
    static func make(
        _ kind: rd_kafka_type_t, _ properties: [(name: String, value: String)],
        configure: (OpaquePointer) -> Void = { _ in }
    ) throws(KafkaError) -> OpaquePointer {
        guard let configuration = rd_kafka_conf_new() else {
            throw KafkaError(code: .invalidArgument, reason: "out of memory")
        }
        var owned = true
        defer { if owned { rd_kafka_conf_destroy(configuration) } }
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: 512)
        defer { words.deallocate() }
        for (name, value) in properties
        where rd_kafka_conf_set(configuration, name, value, words, 512) != RD_KAFKA_CONF_OK {
            throw KafkaError(code: .invalidArgument, reason: "property \(name)=\(value): \(String(cString: words))")
        }
        rd_kafka_conf_set_log_cb(configuration) { _, level, facility, text in
            guard let facility, let text else { return }
            KafkaLog.emit(
                KafkaLogLine(
                    level: Int(level), facility: String(cString: facility), text: String(cString: text)))
        }
        configure(configuration)
        guard let handle = rd_kafka_new(kind, configuration, words, 512) else {
            throw KafkaError(code: .invalidArgument, reason: String(cString: words))
        }
        owned = false
        return handle
    }

    /// Serves callbacks for up to this long.
    func serveEvents(_ timeout: Duration = .zero) {
        rd_kafka_poll(handle, timeout.milliseconds)
    }

    /// The failure of a call that needed a broker, with the best reason that the client has met.
    func failure(_ code: KafkaErrorCode, waited timeout: Duration, topic: String? = nil) -> KafkaError {
        serveEvents()
        return events.explain(code, waited: timeout, topic: topic)
    }
}

extension KafkaSettings {
    /// What to say when a login fails that this librdkafka cannot do.
    static func scramHint(_ settings: KafkaSettings) -> String? {
        let mechanism = settings.property("sasl.mechanisms") ?? settings.property("sasl.mechanism") ?? ""
        guard mechanism.uppercased().hasPrefix("SCRAM"), rd_kafka_version() < 0x0206_0100 else { return nil }
        let version = rd_kafka_version_str().map { String(cString: $0) } ?? "this version"
        return "librdkafka \(version) cannot log in with SCRAM to brokers from 3.7.2 on: 2.6.1 or later can"
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, as librdkafka takes them.
    var milliseconds: Int32 {
        let (seconds, attoseconds) = components
        let whole = seconds.multipliedReportingOverflow(by: 1000)
        guard !whole.overflow, whole.partialValue < Int64(Int32.max) - 1000 else { return Int32.max }
        let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(max(0, whole.partialValue + part))
    }

    /// As a person says it: `60 s`, `300 ms`.
    var words: String {
        let milliseconds = milliseconds
        return milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000) s" : "\(milliseconds) ms"
    }
}

/// How much of a time-out is left.
struct TimeLeft {
    private let end: ContinuousClock.Instant

    init(after timeout: Duration) {
        end = ContinuousClock.now.advanced(by: timeout)
    }

    /// Never negative.
    var left: Duration { max(.zero, ContinuousClock.now.duration(to: end)) }

    var hasPassed: Bool { left == .zero }
}
