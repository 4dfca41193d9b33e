public import Contracts
import LifeEvents

/// A need that somebody has written down: a card of a workshop, a line of a list.
public struct MapNeed: Sendable, Equatable {
    /// The lane above the agencies that a need may stand in.
    public enum Lane: String, CaseIterable, Sendable {
        /// Meeting agencies digitally (*digitala möten*).
        case digitalMeeting = "digital-meeting"
        /// Information that agencies owe each other (*informationsförsörjning*).
        case information
        /// Services that are built once for all (*nationella tjänster*).
        case national = "national-services"
        /// Where neither agency nor life event nor lane is known.
        case unplaced
    }

    /// As in the file; of needs with one title the first one's.
    public var id: String
    /// What is needed, in a line.
    public var title: String
    /// What is needed, at length.
    public var text: String
    /// When it was said, as in the file.
    public var date: String
    /// Who said it.
    public var source: String
    /// Whose need it is; nil: nobody of the map.
    public var party: Party?
    /// At which life event; nil: at none of the map.
    public var event: String?
    /// Where it stands if it has no cell.
    public var lane: Lane
    /// How many want it; needs with one title add theirs.
    public var votes: Int
    /// As in the file.
    public var status: String
}

/// What is wrong with a list of needs, and where.
public struct MapNeedError: Error, Sendable, CustomStringConvertible {
    /// `needs.csv:4:2: …`
    public let description: String
}

/// Reads lists of needs: CSV with the columns id, title, text, date, source, agency, event, lane, votes, status.
public struct MapNeedReader {
    /// The columns, in any order; only the title is wanted.
    public static let columns = [
        "id", "title", "text", "date", "source", "agency", "event", "lane", "votes", "status",
    ]
    /// The most needs of a map: a page of ten thousand cards is no map.
    public static let most = 10_000
    /// The most votes of a need: more than there are people.
    private static let mostVotes = 10_000_000

    private let catalogue: Catalogue

    /// A reader for the owners and life events of a catalogue.
    public init(_ catalogue: Catalogue) {
        self.catalogue = catalogue
    }

    /// Reads a table whose first row names the columns.
    ///
    /// An agency is named as in access lists (`kommun/forskola`), by its owner or by its title, a life event by its page or
    /// by its title; what nobody knows is kept, unplaced.
    /// - Parameters:
    ///   - rows: the rows with their lines, the header first.
    ///   - file: for messages.
    /// - Throws: ``MapNeedError`` for an unknown column, a need without a title, votes that are no number, and for a
    ///   personal number (*personnummer*) anywhere: a map is shown around.
    public func read(_ rows: [(line: Int, cells: [String])], file: String) throws(MapNeedError) -> [MapNeed] {
        guard let header = rows.first?.cells else { throw MapNeedError(description: "\(file):1:1: the table is empty") }
        func refuse(_ line: Int, _ cell: Int, _ text: String) -> MapNeedError {
            MapNeedError(description: "\(file):\(line): column \(cell + 1): \(text)")
        }
        for (place, name) in header.enumerated() where !Self.columns.contains(name) {
            throw refuse(1, place, "no column is called `\(name)`; they are \(Self.columns.joined(separator: ", "))")
        }
        guard header.contains("title") else { throw refuse(1, 0, "there is no column `title`") }
        guard rows.count - 1 <= Self.most else { throw refuse(Self.most + 2, 0, "more than \(Self.most) needs") }
        var needs: [MapNeed] = []
        var places: [String: Int] = [:]
        for row in rows.dropFirst() {
            for (place, cell) in row.cells.enumerated() where Self.holdsPersonalNumber(cell) {
                throw refuse(row.line, place, "this looks like a personal number, which a map must not show")
            }
            func cell(_ name: String) -> String {
                header.firstIndex(of: name).map { row.cells.indices.contains($0) ? row.cells[$0] : "" } ?? ""
            }
            let title = cell("title")
            guard !title.isEmpty else {
                throw refuse(row.line, header.firstIndex(of: "title") ?? 0, "a need has a title")
            }
            let votes = cell("votes")
            guard let count = votes.isEmpty ? 1 : Int(votes), 0...Self.mostVotes ~= count else {
                throw refuse(
                    row.line, header.firstIndex(of: "votes") ?? 0, "votes are a number from 0 to \(Self.mostVotes)")
            }
            let key = title.lowercased().split(separator: " ").joined(separator: " ")
            if let place = places[key] {
                needs[place].votes = min(needs[place].votes + count, Self.mostVotes)
                continue
            }
            places[key] = needs.count
            let (party, event) = (party(named: cell("agency")), page(named: cell("event")))
            let lane = MapNeed.Lane(rawValue: cell("lane")) ?? .unplaced
            needs.append(
                MapNeed(
                    id: cell("id"), title: title, text: cell("text"), date: cell("date"), source: cell("source"),
                    party: party, event: event, lane: lane, votes: count, status: cell("status")))
        }
        return needs
    }

    private func party(named name: String) -> Party? {
        guard !name.isEmpty else { return nil }
        for agency in catalogue.agencies where agency.kind == .agency {
            for branch in agency.readers {
                let party = Party(agency.owner, branch)
                let titles = catalogue.titles(of: party)
                if [party.description, titles.swedish, titles.english].contains(name) { return party }
            }
            if [agency.owner.description, agency.titles.swedish, agency.titles.english].contains(name) {
                return agency.readers.first.map { Party(agency.owner, $0) }
            }
        }
        return nil
    }

    private func page(named name: String) -> String? {
        catalogue.agencies.flatMap(\.pages).first {
            [$0.name, $0.titles.swedish, $0.titles.english].contains(name)
        }?.name
    }

    /// Whether a text has the digits of a personal number: six or eight of a day, and four.
    static func holdsPersonalNumber(_ text: String) -> Bool {
        var digits = 0
        var isBroken = false
        func isNumber(_ digits: Int) -> Bool { digits == 10 || digits == 12 }
        for scalar in text.unicodeScalars {
            if ("0"..."9").contains(scalar) {
                digits += 1
            } else if ["-", "+", " "].contains(scalar), digits == 6 || digits == 8, !isBroken {
                isBroken = true
            } else {
                if isNumber(digits) { return true }
                (digits, isBroken) = (0, false)
            }
        }
        return isNumber(digits)
    }
}
