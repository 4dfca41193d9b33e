import CitizenStatus
import Foundation

/// A store in a folder that goes with it.
final class KeptStore {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "conductor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func open() throws -> StatusStore {
        try StatusStore(
            path: folder.appending(path: "run.sqlite").path, topics: GeneratedRun.topics.map(\.name))
    }
}
