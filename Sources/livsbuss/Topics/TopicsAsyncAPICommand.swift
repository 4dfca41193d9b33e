import CommandLineTool
import Contracts
import Terminal

extension TopicsCommand {
    /// `livsbuss topics asyncapi`
    static var asyncAPI: Command {
        Command(
            "asyncapi", "Writes all contracts as one AsyncAPI 3.0 document.",
            discussion: """
                A channel for each topic with Kafka's settings, an operation for each right of an access list, and each \
                type's message in CloudEvents' structured and binary mode. The same contracts give the same bytes.
                """,
            examples: [
                "livsbuss topics asyncapi --output livsbuss.yaml": "for tools that draw or generate from AsyncAPI",
                "livsbuss topics asyncapi --format json": "as JSON, on standard output",
            ]
        ) { args in
            let folder: String? = args.option(
                "topics", value: "folder", "The folder of contracts.", complete: .directories)
            let format: DocumentFormat = args.option("format", default: .yaml, "The form of the document.")
            let path: String? = args.option("output", value: "file", "Write it to this file.", complete: .files)
            return {
                let document = try AsyncAPIDocument(folder: Places.topicsFolder(folder), version: Livsbuss.version)
                let text = format == .yaml ? document.yaml : document.json
                try Places.write(text, to: path ?? "-")
                return 0
            }
        }
    }
}

/// How a document is written.
enum DocumentFormat: String, CaseIterable, ArgumentValue {
    case yaml, json
}
