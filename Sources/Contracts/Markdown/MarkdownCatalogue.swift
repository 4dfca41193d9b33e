internal import LifeEvents
internal import Terminal

/// The contracts as pages for people: owner by owner, topic by topic, each type with who says it, who hears it by which
/// rule, and what it holds.
///
/// The same contracts, rules and runs give the same bytes.
public struct MarkdownCatalogue: Sendable {
    /// A page of the catalogue.
    public struct Page: Equatable, Sendable {
        /// The file's name: `README.md`, `skatteverket.md`.
        public let name: String
        /// Its text, with a line break at its end.
        public let text: String
    }

    /// The first page, with all owners and the flows, then a page for each owner.
    public let pages: [Page]
    /// All of it as one text.
    public let text: String

    /// Reads a folder of contracts.
    /// - Parameters:
    ///   - readings: what the rules of all agencies hear.
    ///   - writings: what they publish, and what people file.
    ///   - observed: what runs showed of them; nil: no runs were looked at.
    /// - Throws: every fault of every file at once.
    public init(
        folder: String, readings: [DeclaredReading], writings: [DeclaredWriting], observed: ObservedFlows? = nil
    ) throws(ContractError) {
        let catalogue = try Catalogue(folder: folder, schemas: .never)
        let schemas = try catalogue.schemaCatalogue()
        let flows = DeclaredFlows(catalogue, readings: readings, writings: writings, observed: observed)
        let front = Self.front(catalogue)
        let sections = catalogue.agencies.map { agency in
            (agency, MarkdownOwner(agency, catalogue: catalogue, schemas: schemas, flows: flows).lines)
        }
        // Whatever a line is made of, no contract moves the cursor of who reads it.
        func joined(_ lines: [String]) -> String {
            lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
                .map { "\(String($0).escapedLine)\n" }.joined()
        }
        let told = flows.lines
        pages =
            [Page(name: "README.md", text: joined(front { "\($0).md" } + told))]
            + sections.map { Page(name: "\($0.0.owner).md", text: joined($0.1)) }
        text = joined(front { "#\($0)" } + told + sections.flatMap { ["", "<a id=\"\($0.0.owner)\"></a>", ""] + $0.1 })
    }

    private static func front(_ catalogue: Catalogue) -> ((Owner) -> String) -> [String] {
        { link in
            let rows = catalogue.agencies.map { agency -> [String] in
                let own = catalogue.topics.filter { $0.owner == agency.owner }
                return [
                    "[\(MarkdownText.escaped(agency.titles.swedish))](\(link(agency.owner)))",
                    MarkdownText.escaped(agency.titles.english), MarkdownText.code(agency.owner.description),
                    own.isEmpty ? "" : own.map { MarkdownText.code($0.name) }.joined(separator: " "),
                ]
            }
            return ["# Catalogue of the bus", ""]
                + MarkdownText.table(["Ägare", "Owner", "id", "topics"], rows)
        }
    }
}
