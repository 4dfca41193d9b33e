import Foundation
import Glibc
import Testing

/// What the program reads and writes are files; what is none is refused, and what stands there stays.
@Suite struct FileKindTests {
    private func mode(_ path: String) -> mode_t {
        var information = stat()
        #expect(lstat(path, &information) == 0)
        return information.st_mode
    }

    @Test(arguments: [
        ["check", "pipe.yaml"], ["run", "pipe.yaml"], ["fmt", "pipe.yaml"], ["check", "."],
        ["trace", "x", "--log", "pipe.yaml"], ["report", "pipe.yaml"], ["diff", "pipe.yaml", "pipe.yaml"],
        ["coverage", "pipe.yaml"],
    ])
    func `a pipe that nobody writes to is refused and not waited for`(line: [String]) throws {
        let folder = try Folder()
        #expect(mkfifo("\(folder.path)/pipe.yaml", 0o600) == 0)
        let run = try livsbuss(line, in: folder)
        #expect(run.exitCode == 2 || run.exitCode == 3)
        #expect((run.stdout + run.stderr).contains("pipe"), "\(run.stderr)")
        #expect(run.stderr.contains("no file"), "\(run.stderr)")
    }

    @Test func `a golden file and a topic that are pipes are refused`() throws {
        let folder = try Folder()
        try folder.write("s.yaml", BadInputTests.good)
        #expect(mkfifo("\(folder.path)/s.golden", 0o600) == 0)
        let run = try livsbuss(["run", "-q", "s.yaml"], in: folder)
        #expect(run.exitCode == 2)
        #expect(run.stderr.contains("s.golden: the file cannot be read: it is a pipe, no file"), "\(run.stderr)")
        let topics = "\(folder.path)/Topics"
        try FileManager.default.copyItem(atPath: "\(RealBinary.repository)/Topics", toPath: topics)
        #expect(unlink("\(topics)/skatteverket/birth.v1.yaml") == 0)
        #expect(mkfifo("\(topics)/skatteverket/birth.v1.yaml", 0o600) == 0)
        let list = try livsbuss(["topics", "list", "--topics", topics], in: folder)
        #expect(list.exitCode != 0)
        #expect(list.stderr.contains("it is a pipe, no file"), "\(list.stderr)")
    }

    @Test func `a report keeps the link and the mode of what it replaces`() throws {
        let folder = try Folder()
        try folder.write("s.yaml", BadInputTests.good)
        for name in ["sarif", "junit", "html", "log"] {
            let target = try folder.write("target-\(name)", String(repeating: "replaced\n", count: 50_000))
            #expect(chmod(target, 0o640) == 0)
            #expect(symlink("target-\(name)", "\(folder.path)/\(name)") == 0)
        }
        #expect(try livsbuss(["check", "s.yaml", "--sarif", "sarif"], in: folder).exitCode == 0)
        let run = try livsbuss(
            ["run", "-q", "s.yaml", "--junit", "junit", "--html", "html", "--log", "log"], in: folder)
        #expect(run.exitCode == 0, "\(run.stderr)")
        for name in ["sarif", "junit", "html", "log"] {
            #expect(mode("\(folder.path)/\(name)") & S_IFMT == S_IFLNK)
            #expect(mode("\(folder.path)/target-\(name)") & 0o7777 == 0o640)
            #expect(!folder.read(name).contains("replaced\nreplaced"))
        }
    }

    @Test func `a layout goes through a link and keeps the file's mode`() throws {
        let folder = try Folder()
        let target = try folder.write("target", BadInputTests.good.replacing("- {at", with: "-   {at"))
        #expect(chmod(target, 0o600) == 0)
        #expect(symlink("target", "\(folder.path)/s.yaml") == 0)
        #expect(try livsbuss(["fmt", "s.yaml"], in: folder).exitCode == 0)
        #expect(mode("\(folder.path)/s.yaml") & S_IFMT == S_IFLNK)
        #expect(mode(target) == S_IFREG | 0o600)
        #expect(try livsbuss(["fmt", "--check", "s.yaml"], in: folder).exitCode == 0)
    }

    @Test func `a report goes to standard output by either name, and never replaces what is no file`() throws {
        let folder = try Folder()
        try folder.write("s.yaml", BadInputTests.good)
        for name in ["-", "/dev/stdout"] {
            let run = try livsbuss(["check", "s.yaml", "--sarif", name], in: folder)
            #expect(run.stdout.contains("\"version\": \"2.1.0\"") && run.stdout.hasSuffix("no mistakes\n"))
        }
        #expect(mkfifo("\(folder.path)/pipe", 0o600) == 0)
        for name in ["pipe", "."] {
            for line in [
                ["check", "s.yaml", "--sarif", name], ["run", "s.yaml", "--log", name],
                ["run", "s.yaml", "--junit", name],
            ] {
                let run = try livsbuss(line, in: folder)
                #expect(run.exitCode == 3, "\(line) \(run.stderr)")
            }
        }
        #expect(mode("\(folder.path)/pipe") & S_IFMT == S_IFIFO)
        #expect(try livsbuss(["check", "s.yaml", "--sarif", "/dev/null"], in: folder).exitCode == 0)
        #expect(mode("/dev/null") & S_IFMT == S_IFCHR)
    }

    @Test func `a topic that the folder of contracts lacks is told with the step that needs it`() throws {
        let folder = try Folder()
        try folder.write("s.yaml", BadInputTests.good)
        let topics = "\(folder.path)/Topics"
        try FileManager.default.copyItem(atPath: "\(RealBinary.repository)/Topics", toPath: topics)
        #expect(unlink("\(topics)/region/medical-certificate.v1.yaml") == 0)
        let run = try Child(RealBinary.path.get(), ["run", "s.yaml", "--topics", topics], in: folder)
        #expect(run.wait() == 2)
        #expect(
            run.standardError.contains(
                "error[E040]: no contract of this run has a topic for `region.medical-certificate.v1`"))
        #expect(run.standardError.contains("s.yaml:6:22"), "\(run.standardError)")
    }
}
