import CommandLineTool
import Files
import Hosting
import LifeEvents
import Processes
import Runs
import Scenarios
import Terminal

/// `akassa=./akassa.py` or `kommun/forskola='python3 forskola.py'`: a program that plays an owner's agencies, or a branch
/// of them.
struct ProgramChoice: ArgumentValue, CustomStringConvertible {
    /// What plays, in this folder.
    let player: ProgramPlayer

    init(argument: String) throws(ArgumentError) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let names = parts[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let words = CommandWords.split(parts[1]), 1...2 ~= names.count,
            let owner = Owner(text: names[0])
        else {
            throw ArgumentError(
                "'\(argument)' gives no agency a program: write its owner and the program, as csn=./csn.py")
        }
        var branch: Branch?
        if names.count == 2 {
            branch = Branch(text: names[1])
            guard branch != nil else {
                throw ArgumentError("'\(names[1])' is no branch: small letters with single hyphens between")
            }
        }
        player = ProgramPlayer(owner: owner, branch: branch, words: words, folder: ".")
    }

    private init() { player = ProgramPlayer(owner: .livsbuss, words: ["program"], folder: ".") }

    static var argumentPlaceholder: ProgramChoice { ProgramChoice() }

    /// `csn=./csn.py`
    var description: String { "\(player.part)=\(player.command)" }
}

extension Programs {
    /// The programs of a run, whose standard error is shown.
    static func of(_ instances: [ScenarioInstance], _ choices: [ProgramChoice]) throws -> Programs {
        var programs = try Programs(instances, chosen: choices.map(\.player))
        programs.tell { TerminalOutput.standardError.writeLine($0.escapedLine) }
        return programs
    }

    /// Feeds what decides what the programs say: how they are called, and the files among the words of their commands.
    func feed(_ hash: inout SipHash24) {
        for text in texts { hash.append(field: text) }
        for player in players {
            for word in player.words {
                let path = word.hasPrefix("/") ? word : "\(player.folder)/\(word)"
                guard Places.exists(path), !Places.isFolder(path),
                    let bytes = try? InputFile.bytes(of: path, limit: Self.mostBytesOfFile)
                else { continue }
                bytes.withUnsafeBytes { hash.append(field: $0) }
            }
        }
    }

    /// Larger files are no programs that somebody edits between two lives of a run.
    private static let mostBytesOfFile = 16 << 20
}
