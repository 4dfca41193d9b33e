import Glibc

/// TCP sockets on loopback.
enum Sockets {
    /// Sends small answers at once on every socket of the process bound to these ports, listeners and connections.
    ///
    /// librdkafka has no setting for it on its test brokers, so their sockets are found among the process's
    /// descriptors. What a listener accepts later inherits it.
    static func disableDelay(onLocalPorts ports: [UInt16]) {
        for descriptor in descriptors() {
            if let port = localPort(of: descriptor), ports.contains(port) { set(descriptor, IPPROTO_TCP, TCP_NODELAY) }
        }
    }

    /// A descriptor that listens on a port, −1 (and `errno`) when it is taken.
    static func listen(on port: UInt16) -> CInt {
        open(port) { descriptor, address, size in
            set(descriptor, SOL_SOCKET, SO_REUSEADDR)
            return bind(descriptor, address, size) == 0 && Glibc.listen(descriptor, 64) == 0
        }
    }

    /// A descriptor connected to a port, −1 when nobody listens there.
    static func connect(to port: UInt16) -> CInt {
        open(port) { descriptor, address, size in
            prepare(descriptor)
            return Glibc.connect(descriptor, address, size) == 0
        }
    }

    /// No delay, and a peer that does not take what it is sent for five seconds is given up.
    static func prepare(_ descriptor: CInt) {
        set(descriptor, IPPROTO_TCP, TCP_NODELAY)
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    private static func open(
        _ port: UInt16, _ action: (CInt, UnsafePointer<sockaddr>, socklen_t) -> Bool
    ) -> CInt {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return -1 }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let isDone = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                action(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if isDone { return descriptor }
        let code = errno
        close(descriptor)
        errno = code
        return -1
    }

    private static func set<Level: BinaryInteger>(_ descriptor: CInt, _ level: Level, _ option: CInt) {
        var on: CInt = 1
        setsockopt(descriptor, CInt(level), option, &on, socklen_t(MemoryLayout<CInt>.size))
    }

    private static func descriptors() -> [CInt] {
        guard let folder = opendir("/proc/self/fd") else { return [] }
        defer { closedir(folder) }
        var found: [CInt] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let number = CInt(name) { found.append(number) }
        }
        return found
    }

    /// The port that a descriptor is bound to; nil if it is no socket of IPv4.
    static func localPort(of descriptor: CInt) -> UInt16? {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        guard code == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
        return UInt16(bigEndian: address.sin_port)
    }
}
