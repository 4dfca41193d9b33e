import Glibc

/// The folder of a status store: the marker that says whose it is, the store's file, and the run's log.
///
/// Only files with the names listed here are ever removed, and only where the marker or the store's own file says that
/// Livsbuss made them.
public struct StoreFolder: Sendable {
    /// The path as it was given.
    public let path: String

    /// A folder, which need not be there.
    public init(_ path: String) {
        self.path = path
    }

    /// The marker: that Livsbuss made the folder's files, and which process writes them.
    public static let markerName = "livsbuss-store"
    /// The store itself.
    public static let databaseName = "status.sqlite"
    /// The run log that small runs keep beside the store.
    public static let logName = "run.jsonl"
    /// All that is ever removed; of these `status.sqlite.log` is a job's part of the log until the whole has it.
    static let fileNames = [
        databaseName, databaseName + "-wal", databaseName + "-shm", databaseName + "-journal", databaseName + ".log",
        logName,
    ]
    /// How the text in a marker begins.
    static let markerText = "A status store of Livsbuss."

    /// The path of the store's file.
    public var database: String { "\(path)/\(Self.databaseName)" }
    /// The path of the run's log.
    public var log: String { "\(path)/\(Self.logName)" }
    var marker: String { "\(path)/\(Self.markerName)" }

    /// The folder of one of several jobs of a run, counted from 1.
    public func job(_ number: Int) -> StoreFolder { StoreFolder("\(path)/job-\(number)") }

    /// The folders of the jobs of a run that Livsbuss made, by their numbers; none if it was played in one pass.
    public var jobs: [StoreFolder] {
        var folders: [StoreFolder] = []
        while job(folders.count + 1).isOurs { folders.append(job(folders.count + 1)) }
        return folders
    }

    // MARK: - Whose it is

    /// Whether Livsbuss made what stands here: by the marker, or in a folder from before there was one by the store.
    public var isOurs: Bool {
        // A run of several jobs had no store but those of the jobs.
        hasMarker || header == .ours || header == .none && job(1).header == .ours
    }

    /// Refuses a folder in which something that Livsbuss did not make has a name of its own.
    func refuseForeign() throws(StoreError) {
        if Self.exists(marker), !hasMarker { throw .foreign(path: marker) }
        if header == .foreign { throw .foreign(path: database) }
        guard !isOurs else { return }
        for name in Self.fileNames where Self.exists("\(path)/\(name)") { throw .foreign(path: "\(path)/\(name)") }
    }

    private var hasMarker: Bool {
        guard Self.isFile(marker) else { return false }
        // A disk that was full left it empty.
        return Self.read(marker, 0, Self.markerText.utf8.count).map {
            $0.isEmpty || $0.elementsEqual(Self.markerText.utf8)
        } ?? false
    }

    private enum Header {
        case none, empty, ours, foreign
    }

    /// What the first bytes of the store's file say; SQLite's file format gives their places.
    private var header: Header {
        guard Self.exists(database) else { return .none }
        guard Self.isFile(database), let bytes = Self.read(database, 0, 105) else { return .foreign }
        if bytes.isEmpty { return .empty }
        guard bytes.count == 105, bytes.starts(with: "SQLite format 3\0".utf8) else {
            // Whose a damaged file is says the marker.
            return hasMarker ? .empty : .foreign
        }
        let application = bytes[68..<72].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        if application == UInt32(bitPattern: Schema.applicationID) { return .ours }
        // A store whose first write failed has a header and no table yet.
        let tables = bytes[103..<105].reduce(0) { $0 << 8 | Int($1) }
        return application == 0 && tables == 0 ? .empty : .foreign
    }

    // MARK: - Reading

    /// Opens the store to read it.
    /// - Throws: ``StoreError``, with a sentence on what the folder holds instead of a store.
    public func open() throws(StoreError) -> StatusStore {
        guard Self.exists(path) else { throw .noStore("\(path): there is no such folder, so no store") }
        guard Self.isFolder(path) else { throw .noStore("\(path): this is a file; a store is a folder") }
        guard Self.exists(database) else {
            let other = Self.names(path).first { $0 != Self.markerName }
            throw .noStore(
                other.map { "\(path): there is no status store in this folder, which holds `\($0)`" }
                    ?? "\(path): the folder is empty; a run with --store fills it")
        }
        if Self.size(of: database) == 0 { throw .noStore("\(path): no run has written this store yet") }
        return try StatusStore(path: database, mode: .readOnly)
    }
}

extension StoreFolder {
    // MARK: - The file system

    static func exists(_ path: String) -> Bool {
        var entry = stat()
        return lstat(path, &entry) == 0
    }

    private static func kind(_ path: String) -> mode_t? {
        var entry = stat()
        return stat(path, &entry) == 0 ? entry.st_mode & S_IFMT : nil
    }

    static func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }

    static func isFile(_ path: String) -> Bool { kind(path) == S_IFREG }

    /// The size in bytes; 0 if there is no such file.
    static func size(of path: String) -> Int {
        var entry = stat()
        return stat(path, &entry) == 0 ? Int(entry.st_size) : 0
    }

    /// When the file was last written, in nanoseconds; nil if there is none.
    static func written(_ path: String) -> Int64? {
        var entry = stat()
        guard stat(path, &entry) == 0 else { return nil }
        return Int64(entry.st_mtim.tv_sec) * 1_000_000_000 + Int64(entry.st_mtim.tv_nsec)
    }

    /// The first bytes of a file; nil if it cannot be read.
    static func read(_ path: String, _ start: Int, _ count: Int) -> [UInt8]? {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: count)
        let found = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, count, off_t(start)) }
        return found < 0 ? nil : Array(bytes.prefix(found))
    }

    /// What stands in a folder, in the order of the names.
    static func names(_ path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
