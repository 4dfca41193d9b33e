import CitizenStatus
import LifeEvents
import Terminal

/// A citizen's page as the citizen reads it: by life situation, and in each first what is to be done.
struct StatusPage {
    /// What a line asks of the citizen, in the order in which a page shows it.
    enum Section: Int, CaseIterable {
        case toDo, changed, inHand, ongoing, done

        init(_ code: TileCode) {
            self =
                switch code {
                case .awaitingCitizen: .toDo
                case .stopped, .corrected: .changed
                case .received, .investigating, .awaitingAgency, .underReview: .inHand
                case .decided, .ongoing: .ongoing
                case .informed, .done: .done
                }
        }

        /// What it is called.
        var title: String {
            switch self {
            case .toDo: "Att göra"
            case .changed: "Har ändrats"
            case .inHand: "Pågår hos myndigheten"
            case .ongoing: "Beslutat och löpande"
            case .done: "Klart"
            }
        }
    }

    /// A line, with what explains it.
    struct Line {
        var row: TileRow
        var place: (situation: Int, section: Int, order: Int)
        var reasons: [String]
    }

    private let words: CitizenWords
    private let title: String
    private let names: [Subject: String]
    private let lines: [Line]

    /// - Parameters:
    ///   - title: whose page it is, and who looks at it.
    ///   - names: of the people of the run, for whom a line is about.
    ///   - reasons: what led to a line, a sentence each; none unless asked for.
    init(
        _ rows: [TileRow], title: String, names: [Subject: String], words: CitizenWords,
        reasons: (TileRow) throws -> [String]
    ) rethrows {
        self.words = words
        self.title = title
        self.names = names
        lines = try rows.map { row in
            let situation = words.situation(of: row.tile)
            return Line(
                row: row, place: (situation.place, Section(row.status).rawValue, situation.order),
                reasons: try reasons(row))
        }.enumerated().sorted { left, right in
            left.element.place == right.element.place
                ? left.offset < right.offset : left.element.place < right.element.place
        }.map(\.element)
    }

    /// The page's lines.
    func text(_ paint: Paint) -> [String] {
        var text = [paint(title.escapedLine, .bold)]
        var last: (situation: Int, section: Int)?
        for line in lines {
            let place = line.place
            if last?.situation != place.situation {
                text.append("")
                text.append(paint(words.situation(of: line.row.tile).title.escapedLine, .bold))
            }
            if last?.situation != place.situation || last?.section != place.section {
                text.append("  " + Section(line.row.status).title)
            }
            last = (place.situation, place.section)
            text.append("    " + heading(line.row))
            text.append("        " + line.row.text.escapedLine)
            text += line.reasons.map { "        " + $0.escapedLine }
        }
        if lines.isEmpty { text.append("  nothing is known") }
        return text
    }

    /// `U3  Namn · Skatteverket · om child · senast 2 juni 2026`
    private func heading(_ row: TileRow) -> String {
        var parts = [words.title(of: row.tile), words.name(of: row.agency)]
        if let about = row.about { parts.append("om \(names[about] ?? "\(about)")") }
        let days: [(String, Day?)] = [
            ("senast", row.deadline), ("väntas", row.expectedDate), ("nästa", row.nextDate),
            ("omprövning senast", row.reviewDeadline),
        ]
        for (word, day) in days { if let day { parts.append("\(word) \(SwedishText.day(day))") } }
        if let other = row.otherAgency.flatMap({ AgencyID($0) }) { parts.append("nu \(words.name(of: other))") }
        return row.status.rawValue.padded(to: 5) + parts.joined(separator: " · ").escapedLine
    }
}
