import CommandLineTool
import Contracts
import Terminal

/// `livsbuss topics swift`
extension TopicsCommand {
    static var swift: Command {
        Command(
            "swift", "Writes the Swift types of all event types from their schemas.",
            discussion: """
                One file a type, and one each for what types share, under \(SwiftVocabulary.folder). Files there that no \
                schema asks for are removed.
                """,
            examples: ["livsbuss topics swift --check": "tells what differs, for a check before a commit"]
        ) { args in
            let check = args.flag("check", "Writes nothing; tells the files that differ, and fails if there are any.")
            let topics: String? = args.option(
                "topics", value: "folder", "The folder of contracts.", complete: .directories)
            let output: String? = args.option(
                "to", value: "folder", "The folder of the Swift files.", complete: .directories)
            let printed = args.output
            return {
                let folder = try Places.topicsFolder(topics)
                let agencies = try Catalogue(folder: folder, schemas: .never).agencies
                let files = SwiftVocabulary.files(for: try SchemaCatalogue(folder: folder), agencies: agencies)
                let shown = output ?? SwiftVocabulary.folder
                let target = output ?? "\(folder)/../\(SwiftVocabulary.folder)"
                if !check { try Places.makeFolder(target) }
                let differences = try GeneratedFolder.differences(files, in: target)
                guard !check else {
                    for difference in differences { printed.writeLine("\(shown)/\(difference)") }
                    return differences.isEmpty ? 0 : 1
                }
                for difference in differences {
                    let path = "\(target)/\(difference.path)"
                    if let file = files.first(where: { $0.path == difference.path }) {
                        try Places.makeFolder(
                            path.split(separator: "/", omittingEmptySubsequences: false)
                                .dropLast().joined(separator: "/"))
                        try Places.write(file.text, to: path)
                        printed.writeLine("wrote \(shown)/\(file.path)")
                    } else {
                        Places.remove(path)
                        printed.writeLine("removed \(shown)/\(difference.path)")
                    }
                }
                return 0
            }
        }
    }
}
