import Glibc
import Synchronization

/// Keeps an embedded cluster's thread awake while it is given work.
///
/// That thread sleeps for up to a second and is not always woken by a call to create a topic, but it is by a request:
/// so one small request after another is sent meanwhile, each when the one before it is answered.
final class Waker: Sendable {
    private let stopped = Atomic(false)
    private let descriptor: CInt

    /// Does the work while a broker on one of these ports is being asked.
    static func whileAsking<Result>(_ ports: [UInt16], _ work: () -> Result) -> Result {
        guard let waker = ports.lazy.compactMap(Waker.init).first else { return work() }
        var thread = pthread_t()
        let context = Unmanaged.passRetained(waker)
        let code = pthread_create(&thread, nil, askUntilStopped, context.toOpaque())
        guard code == 0 else {
            context.release()
            return work()
        }
        defer {
            waker.stopped.store(true, ordering: .releasing)
            pthread_join(thread, nil)
        }
        return work()
    }

    private init?(port: UInt16) {
        descriptor = Sockets.connect(to: port)
        if descriptor < 0 { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// ApiVersions, version 0, no client name: size, key, version, correlation, name length −1.
    private static let request: [UInt8] = [0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]

    fileprivate func run() {
        var answer = [UInt8](repeating: 0, count: 4096)
        while !stopped.load(ordering: .acquiring) {
            let sent = send(descriptor, Waker.request, Waker.request.count, CInt(MSG_NOSIGNAL))
            // The connection ends when the work is to take the broker down.
            if sent != Waker.request.count || recv(descriptor, &answer, answer.count, 0) <= 0 { return }
        }
    }
}

private func askUntilStopped(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<Waker>.fromOpaque(context).takeRetainedValue().run()
    return nil
}
