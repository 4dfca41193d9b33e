import Glibc

/// That this process, and no other, writes the store in a folder; let go of with the value, and when the process dies.
///
/// The lock is one of the operating system on the marker, which also tells the process's number to those who wait.
public final class StoreLock: Sendable {
    /// The folder.
    public let folder: StoreFolder
    private let file: Int32

    /// Makes the folder if there is none, marks it, and takes the lock.
    /// - Throws: ``StoreError/inUse(path:process:)``, ``StoreError/foreign(path:)``, and ``StoreError/noStore(_:)`` for
    ///   a folder that cannot be made or written.
    public init(_ folder: StoreFolder) throws(StoreError) {
        self.folder = folder
        try Self.makeFolder(folder.path)
        try folder.refuseForeign()
        file = Glibc.open(folder.marker, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw .noStore("\(folder.marker): it cannot be written: \(Self.reason)") }
        // From here on whoever throws leaves the closing to `deinit`, which runs for a value that is complete.
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            throw .inUse(path: folder.path, process: Self.owner(of: folder))
        }
        // Without room for its text an empty marker does.
        let text = Array("\(StoreFolder.markerText)\n\(Self.processLine)\(getpid())\n".utf8)
        if ftruncate(file, 0) == 0 { _ = pwrite(file, text, text.count, 0) }
    }

    deinit {
        if file >= 0 { close(file) }
    }

    private static let processLine = "Last written by process "

    private static var reason: String { String(cString: strerror(errno)) }

    private static func owner(of folder: StoreFolder) -> Int32? {
        let text = StoreFolder.read(folder.marker, 0, 200).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.split(separator: "\n").first { $0.hasPrefix(processLine) }.flatMap {
            Int32($0.dropFirst(processLine.count))
        }
    }

    private static func makeFolder(_ path: String) throws(StoreError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/\(part)"
            guard mkdir(made, 0o755) != 0, !StoreFolder.isFolder(made) else { continue }
            throw .noStore("\(made): the folder cannot be made: \(reason)")
        }
    }

    // MARK: - Removing

    /// Removes the store, its log, and the stores of all jobs; what has another name stays.
    /// - Throws: ``StoreError/foreign(path:)`` before anything is removed.
    public func clear() throws(StoreError) {
        try folder.refuseForeign()
        for job in folder.jobs { try job.refuseForeign() }
        for job in folder.jobs.reversed() {
            Self.removeFiles(job)
            unlink(job.marker)
            // It stays where somebody has put something else into it.
            rmdir(job.path)
        }
        Self.removeFiles(folder)
    }

    private static func removeFiles(_ folder: StoreFolder) {
        for name in StoreFolder.fileNames { unlink("\(folder.path)/\(name)") }
    }
}

extension StoreLock {
    /// The most stores that runs without a store of their own keep beside each other: more at once than a machine has
    /// use for.
    static let mostDefaults = 100

    /// Takes the first store of `path`, `path-2`, `path-3`, … that nobody is writing.
    /// - Throws: ``StoreError/inUse(path:process:)`` for the first one if there is none.
    public static func firstFree(_ path: String) throws(StoreError) -> StoreLock {
        var refusal: StoreError?
        for folder in StoreFolder.numbered(path) {
            do {
                return try StoreLock(folder)
            } catch {
                guard case .inUse = error else { throw error }
                refusal = refusal ?? error
            }
        }
        throw refusal ?? .inUse(path: path, process: nil)
    }
}

extension StoreFolder {
    static func numbered(_ path: String) -> [StoreFolder] {
        [StoreFolder(path)] + (2...StoreLock.mostDefaults).map { StoreFolder("\(path)-\($0)") }
    }

    /// Of `path`, `path-2`, `path-3`, … the folder whose run was begun last; `path` if there is none.
    public static func newest(_ path: String) -> StoreFolder {
        let folders = numbered(path).compactMap { folder in
            (written(folder.marker) ?? written(folder.database)).map { (folder: folder, time: $0) }
        }
        return folders.max { $0.time < $1.time }?.folder ?? StoreFolder(path)
    }
}
