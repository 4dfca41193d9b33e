import Foundation

/// One Apache Kafka of our own, started and stopped by the script that `KAFKA_FOR_TESTS` names.
final class ApacheKafka {
    static let script = ProcessInfo.processInfo.environment["KAFKA_FOR_TESTS"]

    let servers: String
    private let folder: Folder

    init() throws {
        folder = try Folder()
        let port = try Self.freePort()
        servers = "127.0.0.1:\(port)"
        // The script draws a cluster id, and Kafka's own tool takes one that begins with a dash for an option.
        for attempt in 1...3 {
            do {
                try run(["start", "\(folder.path)/cluster", "--port", "\(port)"])
                return
            } catch  where attempt < 3 {
                try? run(["stop", "\(folder.path)/cluster"])
            }
        }
    }

    deinit {
        try? run(["stop", "\(folder.path)/cluster"])
    }

    /// One of Kafka's own tools, as the super user.
    func administer(_ tool: String, _ arguments: [String]) throws {
        try run([tool, "\(folder.path)/cluster"] + arguments)
    }

    private func run(_ arguments: [String]) throws {
        guard let script = Self.script else { throw Missing("KAFKA_FOR_TESTS names no script") }
        let child = try Child(script, arguments, in: folder)
        guard child.wait() == 0 else { throw Missing("\(arguments): \(child.standardError)") }
    }

    /// A port that is free, and so are those 100 and 200 above it, which the broker takes too.
    private static func freePort() throws -> UInt16 {
        for base in stride(from: UInt16(21_092), to: 29_000, by: 300)
        where [base, base + 100, base + 200].allSatisfy(isFree) {
            return base
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
