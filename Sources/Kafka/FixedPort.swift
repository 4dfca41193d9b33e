import Glibc
import Synchronization

/// A loopback port of the caller's choice in front of an embedded broker.
///
/// librdkafka (2.0.2 as well as later ones) binds its test brokers to port 0 and has no setting for it. But a Kafka
/// client uses the address it is given only to ask for the brokers' own addresses, and goes on to those. So it is
/// enough to pass on the bytes of that first connection; the records take the direct way.
final class FixedPort: Sendable {
    /// Where it listens.
    let port: UInt16
    private let listener: CInt
    private let target: UInt16
    private let thread = Mutex<pthread_t?>(nil)

    /// Two descriptors whose bytes go to each other.
    private struct Pair {
        let client: CInt
        let broker: CInt
    }

    /// Starts to listen; on port 0 it takes a free one.
    /// - Throws: `KafkaError` when the port is taken.
    init(port: UInt16, target: UInt16) throws(KafkaError) {
        self.target = target
        let listener = Sockets.listen(on: port)
        self.listener = listener
        self.port = listener < 0 ? port : Sockets.localPort(of: listener) ?? port
        guard listener >= 0 else {
            let reason = String(cString: strerror(errno))
            throw KafkaError(code: .invalidArgument, broker: "127.0.0.1:\(port)", reason: "cannot listen: \(reason)")
        }
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        guard pthread_create(&thread, nil, serveUntilShutDown, context.toOpaque()) == 0 else {
            context.release()
            throw KafkaError(code: .invalidArgument, broker: "127.0.0.1:\(port)", reason: "no thread to listen with")
        }
        self.thread.withLock { [thread] in $0 = thread }
    }

    deinit {
        close(listener)
    }

    /// Closes the port and all connections through it.
    func stop() {
        guard let thread = thread.withLock({ $0.take() }) else { return }
        shutdown(listener, CInt(SHUT_RDWR))
        pthread_join(thread, nil)
    }

    fileprivate func serve() {
        var pairs: [Pair] = []
        defer { for pair in pairs { end(pair) } }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            var watched = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
            for pair in pairs {
                watched.append(pollfd(fd: pair.client, events: Int16(POLLIN), revents: 0))
                watched.append(pollfd(fd: pair.broker, events: Int16(POLLIN), revents: 0))
            }
            if poll(&watched, nfds_t(watched.count), -1) < 0 && errno != EINTR { return }
            var alive: [Pair] = []
            for (index, pair) in pairs.enumerated() {
                let isAlive =
                    (watched[2 * index + 1].revents == 0 || pass(pair.client, pair.broker, buffer))
                    && (watched[2 * index + 2].revents == 0 || pass(pair.broker, pair.client, buffer))
                if isAlive { alive.append(pair) } else { end(pair) }
            }
            pairs = alive
            guard watched[0].revents != 0 else { continue }
            let client = accept(listener, nil, nil)
            // Shut down, then.
            guard client >= 0 else { return }
            let broker = Sockets.connect(to: target)
            Sockets.prepare(client)
            if broker < 0 { close(client) } else { pairs.append(Pair(client: client, broker: broker)) }
        }
    }

    private func end(_ pair: Pair) {
        close(pair.client)
        close(pair.broker)
    }

    /// Passes on what has come; false when either side is gone.
    private func pass(_ source: CInt, _ target: CInt, _ buffer: UnsafeMutableRawBufferPointer) -> Bool {
        let got = recv(source, buffer.baseAddress, buffer.count, 0)
        guard got > 0 else { return false }
        var sent = 0
        while sent < got {
            let count = send(target, buffer.baseAddress?.advanced(by: sent), got - sent, CInt(MSG_NOSIGNAL))
            if count <= 0 { return false }
            sent += count
        }
        return true
    }
}

private func serveUntilShutDown(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<FixedPort>.fromOpaque(context).takeRetainedValue().serve()
    return nil
}
