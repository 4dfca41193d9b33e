import Foundation
import Glibc
import Testing

import Files

@Suite struct FilesTests {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/files-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { "\(folder)/\(name)" }

    private func text(_ name: String) throws -> String {
        String(decoding: try InputFile.bytes(of: path(name), limit: 1_000), as: UTF8.self)
    }

    private func information(_ name: String) -> stat {
        var information = stat()
        #expect(lstat(path(name), &information) == 0)
        return information
    }

    /// Makes one of each thing that is no file.
    private func makeOthers() throws -> [(name: String, sentence: String)] {
        #expect(mkfifo(path("pipe"), 0o600) == 0)
        try FileManager.default.createDirectory(atPath: path("folder"), withIntermediateDirectories: true)
        #expect(symlink("pipe", path("link-to-pipe")) == 0)
        return [
            ("pipe", "it is a pipe, no file"), ("link-to-pipe", "it is a pipe, no file"),
            ("folder", "it is a folder, no file"),
        ]
    }

    @Test func `a pipe, a folder and a device are not read`() throws {
        for (name, sentence) in try makeOthers() {
            let failure = #expect(throws: FileFailure.self) { try InputFile.bytes(of: path(name), limit: 10) }
            #expect(failure?.kind == .noRegularFile && failure?.description == sentence)
        }
        let failure = #expect(throws: FileFailure.self) { try InputFile.bytes(of: "/dev/zero", limit: 10) }
        #expect(failure?.description == "it is a device, no file")
        #expect(throws: FileFailure.self) { try InputFile.bytes(of: path("absent"), limit: 10) }
    }

    @Test func `a file is read up to the limit and not a byte further`() throws {
        try OutputFile.write("12345", to: path("five"))
        #expect(try InputFile.bytes(of: path("five"), limit: 5).count == 5)
        let failure = #expect(throws: FileFailure.self) { try InputFile.bytes(of: path("five"), limit: 4) }
        #expect(failure?.kind == .tooLarge)
    }

    @Test func `a file that is written anew keeps its mode, and links stay links`() throws {
        try OutputFile.write("old, and longer", to: path("target"))
        #expect(chmod(path("target"), 0o640) == 0)
        #expect(symlink("target", path("link")) == 0)
        #expect(symlink("new", path("dangling")) == 0)
        try OutputFile.write("new", to: path("link"))
        try OutputFile.write("made", to: path("dangling"))
        #expect(try text("target") == "new")
        #expect(try text("new") == "made")
        #expect(information("link").st_mode & S_IFMT == S_IFLNK)
        #expect(information("dangling").st_mode & S_IFMT == S_IFLNK)
        #expect(information("target").st_mode & 0o7777 == 0o640)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.sorted() == ["dangling", "link", "new", "target"])
    }

    @Test(.enabled(if: geteuid() == 0, "only root gives a file away"))
    func `a file that is written anew keeps its owner`() throws {
        try OutputFile.write("old, and longer", to: path("target"))
        #expect(chown(path("target"), 1_000, 1_001) == 0)
        try OutputFile.write("new", to: path("target"))
        #expect(try text("target") == "new")
        #expect(information("target").st_uid == 1_000 && information("target").st_gid == 1_001)
    }

    @Test func `a file with two names keeps both`() throws {
        try OutputFile.write("old, and longer", to: path("one"))
        #expect(link(path("one"), path("other")) == 0)
        try OutputFile.write("new", to: path("one"))
        #expect(try text("other") == "new")
        #expect(information("one").st_ino == information("other").st_ino)
    }

    @Test func `what is no file is not written, replaced or emptied`() throws {
        for (name, sentence) in try makeOthers() {
            let before = information(name)
            for write in [{ try OutputFile.write("x", to: $0) }, { _ = try OutputFile.open($0) }]
                as [(String) throws -> Void]
            {
                let failure = #expect(throws: FileFailure.self) { try write(path(name)) }
                // The system itself refuses to open a folder for writing.
                #expect(name == "folder" || failure?.description == sentence)
            }
            #expect(information(name).st_ino == before.st_ino && information(name).st_mode == before.st_mode)
        }
        try OutputFile.write("x", to: "/dev/null")
        var information = stat()
        #expect(stat("/dev/null", &information) == 0)
        #expect(information.st_mode & S_IFMT == S_IFCHR)
        #expect(throws: FileFailure.self) { try OutputFile.write("x", to: "/dev/zero") }
        #expect(throws: FileFailure.self) { try OutputFile.write("x", to: path("no/such/folder")) }
    }

    @Test(arguments: ["-", "/dev/stdout"]) func `standard output has two names`(name: String) {
        #expect(OutputFile.isStandardOutput(name))
        #expect(!OutputFile.isStandardOutput("stdout"))
    }
}
