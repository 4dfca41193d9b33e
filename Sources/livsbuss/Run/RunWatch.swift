import Foundation
import Scenarios
import Terminal

/// `livsbuss run --watch`: runs again whenever a file of the run is saved, until the program is interrupted.
struct RunWatch {
    private static let pause: TimeInterval = 0.2

    let options: RunOptions
    let output: TerminalOutput

    init(_ options: RunOptions, output: TerminalOutput) {
        self.options = options
        self.output = output
    }

    func perform() -> Int32 {
        var runs = 0
        while true {
            // What is saved while a run goes on must be seen afterwards, so the files are looked at first.
            let files = watched()
            let before = files.map(FileStamp.init)
            let code = run()
            runs += 1
            if runs == options.watchLimit || StopSignal.isWanted { return code }
            output.writeLine("watching \(counted(files.count, "file")); ctrl-C ends it")
            output.flush()
            while watched() == files, files.map(FileStamp.init) == before {
                if StopSignal.isWanted { return StopSignal.exitCode.rawValue }
                Thread.sleep(forTimeInterval: Self.pause)
            }
            output.writeLine("")
        }
    }

    /// A mistake in a file is told like any other result: the next save may mend it.
    private func run() -> Int32 {
        do {
            return try Run(options, output: output).performOnce()
        } catch {
            let (message, code) = Failure.explain(error)
            TerminalOutput.standardError.writeLine("livsbuss: \(message)")
            return code
        }
    }

    /// All files that a save of could change the run: those named, those of the folders, and what they include.
    private func watched() -> [String] {
        var files: [String] = []
        for path in options.paths {
            let selection = ScenarioSelection(path)
            let named = Places.exists(path) ? path : selection.path
            for file in (try? Places.scenarioFiles([named])) ?? [named] where !files.contains(file) {
                files.append(file)
                let reading = ScenarioFile.read(path: file)
                for included in reading.files where !files.contains(included) { files.append(included) }
            }
        }
        return files
    }
}

/// What of a file changes when it is saved: editors write in place, or put another file in its place.
private struct FileStamp: Equatable {
    private let node: UInt64
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            (node, size, seconds, nanoseconds) = (0, -1, 0, 0)
            return
        }
        node = UInt64(status.st_ino)
        size = Int64(status.st_size)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }
}
