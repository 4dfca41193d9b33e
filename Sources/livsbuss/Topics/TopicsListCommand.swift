import CommandLineTool
import Contracts
import LifeEvents
import Terminal

/// `livsbuss topics …`
enum TopicsCommand {
    static var group: Command {
        .group("topics", "The contracts of the bus.", [list, show, check, swift, asyncAPI, markdown, diff, apply])
    }

    /// `livsbuss topics list`
    static var list: Command {
        Command("list", "Lists the topics of the bus with their owners, classes and titles.") { args in
            let folder: String? = args.option(
                "topics", value: "folder", "The folder of contracts.", complete: .directories)
            let output = args.output
            return {
                let catalogue = try Places.topicsAndOwners(folder)
                var table = TextTable([.init("topic"), .init("class"), .init("hours kept", .right), .init("title")])
                for topic in catalogue.topics {
                    table.append([
                        topic.name, topic.informationClass.rawValue, String(topic.retentionHours), topic.titleSwedish,
                    ])
                }
                output.write(table.text())
                return 0
            }
        }
    }
}
