import AgencyKit
import Hosting
import JSON
import LifeEvents
import Scenarios
import Simulation
import Terminal

/// Watches a run: prints the virtual timeline, and counts for the report.
final class RunConsole {
    private(set) var spans: [(first: Instant, last: Instant)?]
    private(set) var tileCounts: [Int]
    private let instances: [ScenarioInstance]
    private let output: TerminalOutput
    private let showsTimeline: Bool
    private var lastLine = ""
    private var progress: ProgressLine
    private var seen = 0

    init(_ instances: [ScenarioInstance], output: TerminalOutput, showsTimeline: Bool) {
        self.instances = instances
        self.output = output
        self.showsTimeline = showsTimeline
        spans = instances.map { _ in nil }
        tileCounts = instances.map { _ in 0 }
        progress = ProgressLine(on: .standardError)
    }

    /// - Parameter isLive: false for what a resumed run's former life has played.
    func see(_ message: ObservedMessage, isLive: Bool) {
        seen += 1
        guard let world = message.world else {
            if showsTimeline, isLive { draw(message, nil) }
            return
        }
        let time = message.envelope.time
        spans[world] = (spans[world]?.first ?? time, time)
        if message.type == StatusTile.type.name { tileCounts[world] += 1 }
        if showsTimeline, isLive { draw(message, instances[world]) }
    }

    private func draw(_ message: ObservedMessage, _ instance: ScenarioInstance?) {
        let local = Stockholm.local(message.envelope.time)
        let paint = output.paint
        let moment = "\(local)"
        let shown = moment == lastLine ? "" : moment
        lastLine = moment
        // What a message says is written by others, who may be no friends of the terminal.
        let subject = (instance?.name(of: message.envelope.subject) ?? "\(message.envelope.subject)").escapedLine
        let source = (message.envelope.source?.description ?? "outside").escapedLine
        var line = paint(shown.padded(to: 17), .dim)
        if instances.count > 1 { line += paint((instance?.name ?? "").cell(13), .dim) }
        if message.type == StatusTile.type.name {
            let code = (message.data?["code"]?.string ?? "?").escapedLine
            let tile = (message.data?["tile"]?.string ?? "?").escapedLine
            let text = (message.data?["text"]?.string ?? "").escapedLine
            line += "    " + paint(code.padded(to: 4), .bold, Self.colour(code)) + "\(tile) → \(subject): \(text)"
        } else {
            let change = message.envelope.change.map { " \($0.rawValue)" } ?? ""
            line += paint(source.cell(20), .cyan) + "\(message.type.escapedLine)\(change) (\(subject))"
        }
        if message.isOutside { line += paint("  outside", .yellow) }
        output.writeLine(line)
    }

    func see(_ fault: ObservedFault, isLive: Bool) {
        guard showsTimeline, isLive else { return }
        let moment = "\(Stockholm.local(fault.time))"
        let shown = moment == lastLine ? "" : moment
        lastLine = moment
        var line = output.paint(shown.padded(to: 17), .dim)
        if instances.count > 1 {
            line += output.paint((fault.world.map { instances[$0].name } ?? "").cell(13), .dim)
        }
        output.writeLine(line + output.paint("fault".padded(to: 20), .yellow, .bold) + fault.line.escapedLine)
    }

    private static func colour(_ code: String) -> TerminalStyle {
        switch code {
        case "U7", "U9": .green
        case "U3", "U5": .yellow
        case "U10", "U11": .red
        default: .cyan
        }
    }
}
