import Foundation
import Testing

/// What a run has told lasts: it can be asked for again wherever its store lies, and is not lost with the process.
@Suite struct FinishedStoreTests {
    /// Runs the program where nothing of a folder can be written, also as the user whom modes do not hold back.
    private func reading(_ arguments: [String], in folder: Folder) throws -> (code: Int32, child: Child) {
        let program = try RealBinary.path.get()
        let words = RealBinary.complete(arguments)
        let child =
            geteuid() == 0
            ? try Child(
                "/usr/bin/setpriv", ["--bounding-set=-dac_override,-dac_read_search", program] + words, in: folder)
            : try Child(program, words, in: folder)
        return (child.wait(), child)
    }

    @Test func `a finished store that can only be read is answered from`() throws {
        let folder = try Folder()
        let run = ["run", RealBinary.scenario("death"), "-q", "--store", "kept"]
        let first = try livsbuss(run, in: folder)
        #expect(first.exitCode == 0)
        let manager = FileManager.default
        for name in try manager.contentsOfDirectory(atPath: "\(folder.path)/kept") {
            try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: "\(folder.path)/kept/\(name)")
        }
        try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: "\(folder.path)/kept")
        defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder.path)/kept") }
        for question in [["status", "--store", "kept"], run] {
            let (code, child) = try reading(question, in: folder)
            #expect(code == 0 && child.standardOutput == first.stdout, "\(question): \(child.standardError)")
        }
        for question in [["status", "widow"], ["trace", "widow"]] {
            let (code, child) = try reading(question + ["--store", "kept"], in: folder)
            #expect(code == 0 && !child.standardOutput.isEmpty, "\(question): \(child.standardError)")
        }
        // The modes do hold: a run with other inputs has nowhere to write.
        let (code, child) = try reading(run + ["--seed", "2"], in: folder)
        #expect(code == 3 && child.standardError.contains("it cannot be written"), "\(child.standardError)")
    }

    /// Whether this machine lets a process mount for itself alone.
    private static let canMount: Bool = {
        let child = try? Child("/usr/bin/unshare", ["--map-root-user", "--mount", "true"], in: Folder())
        return child?.wait() == 0
    }()

    @Test(.enabled(if: canMount, "this machine lets nobody mount in a name space of his own"))
    func `a finished store on a read-only mount is answered from`() throws {
        let folder = try Folder()
        let run = ["run", RealBinary.scenario("death"), "-q", "--store", "kept"]
        let first = try livsbuss(run, in: folder)
        #expect(first.exitCode == 0)
        func mounted(_ arguments: [String]) throws -> (code: Int32, child: Child) {
            let script =
                "mount --bind kept kept && mount -o remount,bind,ro kept && ! touch kept/new 2>&- && exec \"$@\""
            let words = ["sh", "-c", script, "sh", try RealBinary.path.get()] + RealBinary.complete(arguments)
            let child = try Child("/usr/bin/unshare", ["--map-root-user", "--mount"] + words, in: folder)
            return (child.wait(), child)
        }
        for question in [["status", "--store", "kept"], run] {
            let (code, child) = try mounted(question)
            #expect(code == 0 && child.standardOutput == first.stdout, "\(question): \(child.standardError)")
        }
        for question in [["status", "widow"], ["trace", "widow"], ["ledger", "widow"]] {
            let (code, child) = try mounted(question + ["--store", "kept"])
            #expect(code == 0 && !child.standardOutput.isEmpty, "\(question): \(child.standardError)")
        }
        let (code, child) = try mounted(run + ["--seed", "2"])
        #expect(code == 3 && child.standardError.contains("it cannot be written"), "\(child.standardError)")
    }

    /// A run that is printing its result, of which a pipe takes only the beginning.
    private func printing(in folder: Folder) throws -> Child {
        let child = try RealBinary.start(Self.large, in: folder, streaming: true)
        #expect(try child.nextLine() == "{")
        return child
    }

    private static let large = [
        "run", RealBinary.scenario("death"), "--copies", "600", "--json", "-q", "--store", "kept",
    ]

    private func rest(of child: Child) -> [String] {
        var lines = ["{"]
        while let line = try? child.nextLine() { lines.append(line) }
        return lines
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal that comes while the result is told changes neither it nor the exit code`(signal: CInt) throws {
        let folder = try Folder()
        let child = try printing(in: folder)
        child.kill(signal)
        let told = rest(of: child)
        #expect(child.wait() == 0)
        #expect(told.last == "}" && told.count > 600)
        let again = try livsbuss(Self.large, in: folder)
        #expect(again.exitCode == 0 && again.stdout == told.joined(separator: "\n") + "\n")
    }

    @Test func `what a run was killed while telling is told again, whole`() throws {
        let folder = try Folder()
        let child = try printing(in: folder)
        child.kill(SIGKILL)
        #expect(child.wait() == 128 + SIGKILL)
        let again = try livsbuss(Self.large, in: folder)
        #expect(again.exitCode == 0 && again.stderr.contains("this run has ended"), "\(again.stderr)")
        let report = try RunReport(again.stdout)
        #expect(report.scenarios.count == 1 && again.stdout.hasSuffix("}\n"))
        let other = try livsbuss(Self.large + ["--restart"], in: folder)
        #expect(try RunReport(other.stdout).digests == report.digests)
    }
}
