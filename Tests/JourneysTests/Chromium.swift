import Foundation

/// A browser without a window, for pages that must work in one.
enum Chromium {
    static let path: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/chromium" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// What a page became in the browser, and what it wrote to the console.
    static func open(_ page: String, in folder: Folder) throws -> (document: String, console: [String]) {
        guard let path else { throw Missing("chromium is missing; install the package chromium") }
        let child = try Child(
            path,
            [
                "--headless", "--hide-scrollbars", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--allow-file-access-from-files",
                "--enable-logging=stderr", "--v=0", "--virtual-time-budget=5000",
                "--user-data-dir=\(folder.path)/profile",
                "--dump-dom", "file://\(folder.path)/\(page)",
            ], in: folder)
        let code = child.wait()
        let errors = child.standardError
        guard code == 0 else { throw Missing("chromium ended with \(code): \(errors.suffix(500))") }
        return (child.standardOutput, errors.split(separator: "\n").map(String.init).filter { $0.contains("CONSOLE") })
    }
}
