import Agencies
import AgencyKit
import CommandLineTool
import Foundation
import JSON
import LifeEvents
import Terminal

/// `livsbuss rules`
enum RulesCommand {
    static var command: Command {
        Command(
            "rules",
            "Lists the rules of law that agencies go by: value, since when, who says so, which test proves it.",
            discussion: """
                [A] marks an assumption, [l] what is likely; all else is said by the source. A value is that of the day \
                asked for. A run takes another value with --set NAME=VALUE.
                """,
            examples: [
                "livsbuss rules --agency forsakringskassan": "those of one owner",
                "livsbuss rules --date 2027-01-01": "the values of a day",
            ]
        ) { args in
            let agency: String? = args.option("agency", value: "owner", "Only the rules of this owner.")
            let date: String? = args.option("date", value: "day", "The day whose values are told; default today.")
            let json = args.flag("json", "Print JSON.")
            let day = date.map { Day($0) } ?? today
            args.require(day != nil, "'\((date ?? "").escapedLine)' is not a day: write one as 2026-03-10")
            let output = args.output
            return {
                let table = try RuleTable(of: agency, on: day ?? today)
                if json { output.writeLine(table.json) } else { table.lines(output).forEach { output.writeLine($0) } }
                return 0
            }
        }
    }

    private static var today: Day {
        Stockholm.day(of: Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)))
    }
}
