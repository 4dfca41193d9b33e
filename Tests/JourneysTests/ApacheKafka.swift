import Foundation
import Synchronization

/// One Apache Kafka of our own, started and stopped by the script that `KAFKA_FOR_TESTS` names.
final class ApacheKafka {
    static let script = ProcessInfo.processInfo.environment["KAFKA_FOR_TESTS"]

    let servers: String
    private let folder: Folder

    /// The properties of a client that may do everything.
    var clientProperties: String { "\(folder.path)/cluster/client.properties" }
    /// Its certificates, with TLS.
    var certificates: String { "\(folder.path)/cluster/tls" }

    /// - Parameter arguments: more of the script's, as `--security sasl`.
    init(_ arguments: [String] = []) throws {
        folder = try Folder()
        // The script draws a cluster id, and Kafka's own tool takes one that begins with a dash for an option; and
        // another process may take the port in between.
        for attempt in 1... {
            let port = try Self.freePort()
            do {
                try Self.run(["start", "\(folder.path)/cluster", "--port", "\(port)"] + arguments, folder)
                servers = "127.0.0.1:\(port)"
                return
            } catch {
                guard attempt < 3 else { throw error }
                _ = try? Self.run(["stop", "\(folder.path)/cluster"], folder)
            }
        }
        throw Missing("no cluster")
    }

    deinit {
        _ = try? Self.run(["stop", "\(folder.path)/cluster"], folder)
    }

    /// One of Kafka's own tools, as the super user; what it prints.
    @discardableResult
    func administer(_ tool: String, _ arguments: [String]) throws -> String {
        try Self.run([tool, "\(folder.path)/cluster"] + arguments, folder)
    }

    @discardableResult
    private static func run(_ arguments: [String], _ folder: Folder) throws -> String {
        guard let script else { throw Missing("KAFKA_FOR_TESTS names no script") }
        let child = try Child(script, arguments, in: folder)
        guard child.wait() == 0 else { throw Missing("\(arguments): \(child.standardError)") }
        return child.standardOutput
    }

    /// The next port to be tried: two clusters of these tests start at the same time.
    private static let nextPort = Mutex<UInt16>(21_092)

    /// A port that is free, and so are those 100 and 200 above it, which the broker takes too.
    private static func freePort() throws -> UInt16 {
        for _ in 0..<26 {
            let base = nextPort.withLock { next in
                defer { next = next + 300 < 29_000 ? next + 300 : 21_092 }
                return next
            }
            if [base, base + 100, base + 200].allSatisfy(isFree) { return base }
        }
        throw Missing("no free port")
    }

    private static func isFree(_ port: UInt16) -> Bool {
        let socket = Foundation.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
