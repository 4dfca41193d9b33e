import Contracts
import LifeEvents
import Terminal
import Testing

/// The contracts as pages for people.
@Suite struct MarkdownCatalogueTests {
    private static let readings = [
        reading("forsakringskassan", "forsakringskassan", "skatteverket.birth.v1", "grant child benefit"),
        reading("region", "region", "skatteverket.birth.v1", "call | to *child* health"),
    ]
    private static let writings = [
        DeclaredWriting(
            party: Party(Owner("skatteverket"), Branch("folkbokforing")), type: EventType("skatteverket.birth.v1"))
    ]

    private static func reading(
        _ owner: StaticString, _ branch: StaticString, _ type: String, _ rule: String
    ) -> DeclaredReading {
        DeclaredReading(
            party: Party(Owner(owner), Branch(branch)), type: EventType(type), rule: rule, file: "Rules.swift", line: 7)
    }

    private func catalogue(_ observed: ObservedFlows? = nil) throws -> MarkdownCatalogue {
        try MarkdownCatalogue(
            folder: TopicsFolder.shipped, readings: Self.readings, writings: Self.writings, observed: observed)
    }

    /// The part of a text from one line to another.
    private func part(_ text: String, from start: String, to end: String) throws -> String {
        let first = try #require(text.firstRange(of: start), "\(start)")
        let rest = text[first.lowerBound...]
        return String(rest[..<(rest.dropFirst().firstRange(of: end)?.lowerBound ?? rest.endIndex)])
    }

    @Test func `no text of a contract or of the code moves the cursor of who reads the pages`() throws {
        let danger = "Old\u{1b}[31m \u{9b}\u{202e}\u{7f} ##[error]"
        func json(_ text: String) -> String { text.replacing("\u{1b}", with: #"\u001b"#) }
        let folder = try TopicsFolder([
            "types.schema.json": ContractDiffTests.shared,
            "skatteverket/birth.v1.schema.json": json(
                ContractDiffTests.schema.replacing("A birth.", with: danger).replacing(#""S.""#, with: #""\#(danger)""#)
            ),
            "skatteverket/birth.v1.yaml": soundManifest.replacing("title-sv: Födelse", with: #"title-sv: "\e[31mF""#)
                .replacing("legal-basis: lag (2001:182)", with: #"legal-basis: "\e[31m\u202e""#),
            "skatteverket/agency.yaml":
                "owner: skatteverket\ntitles: {sv: \"\\e[31mA\", en: \"\\e[31mB\"}\nkind: agency\n",
        ])
        let readings = [Self.reading("region", "region", "skatteverket.birth.v1", danger)]
        let pages = try MarkdownCatalogue(
            folder: folder.path, readings: readings, writings: [],
            observed: ObservedFlows(publications: [], deliveries: [], runs: [danger]))
        for text in [pages.text] + pages.pages.map(\.text) {
            #expect(!text.unicodeScalars.contains { $0 != "\n" && EscapedText.isUnsafe($0) })
        }
        #expect(pages.text.contains(#"Old\u001B"#))
    }

    @Test func `each topic, type and field stands on its owner's page and in the whole`() throws {
        let pages = try catalogue()
        let contracts = try ShippedContracts.catalogue()
        let schemas = try ShippedContracts.schemas()
        #expect(pages.pages.map(\.name) == ["README.md"] + contracts.agencies.map { "\($0.owner).md" })
        for topic in contracts.topics {
            let page = try #require(pages.pages.first { $0.name == "\(topic.owner).md" }).text
            for text in [page, pages.text] {
                let part = try part(text, from: "\n## `\(topic.name)`", to: "\n## ")
                #expect(part.contains("\(topic.titleSwedish) / \(topic.titleEnglish)"), "\(topic.name)")
                #expect(part.contains("| class | \(topic.informationClass.rawValue) "), "\(topic.name)")
                #expect(part.contains("| legal basis | \(topic.legalBasis ?? "none found yet") |"), "\(topic.name)")
                for schema in schemas.types where schema.type.topic == topic.name {
                    #expect(part.contains("`\(schema.type)`"), "\(schema.type)")
                    for field in schema.fields { #expect(part.contains("| `\(field.name)` | "), "\(field.name)") }
                    #expect(part.contains(try #require(schema.example)))
                }
            }
        }
    }

    @Test func `it tells who says a type and who hears it by which rule, and nothing of it is markup`() throws {
        let birth = try part(catalogue().text, from: "\n## `skatteverket.birth.v1`", to: "\n## ")
        #expect(birth.contains("- Skatteverket, Folkbokföring (`skatteverket/folkbokforing`)\n"))
        #expect(
            birth.contains(
                "| Försäkringskassan (`forsakringskassan/forsakringskassan`) | grant child benefit | `Rules.swift:7` | "
                    + "`skatteverket/birth.v1.yaml:25` |")
        )
        #expect(birth.contains(#"| call \| to \*child\* health |"#))
        #expect(birth.contains("| `municipality` | no | municipality, four digits | `place`, protected |"))
    }

    @Test func `beside what is declared it tells what runs showed`() throws {
        let (birth, death) = (EventType("skatteverket.birth.v1"), EventType("skatteverket.death.v1"))
        let tax = Owner("skatteverket")
        let text = try catalogue(
            ObservedFlows(
                publications: [
                    .init(type: birth, owner: tax, count: 12), .init(type: death, owner: tax, count: 1),
                    .init(type: EventType("skatteverket.dead-letter.v1"), owner: tax, count: 5),
                ],
                deliveries: [
                    .init(
                        type: birth, owner: Owner("forsakringskassan"), rule: "grant child benefit", delivered: 9,
                        handled: 4),
                    .init(type: birth, owner: Owner("kommun"), rule: "plan", delivered: 2, handled: 0),
                ], runs: ["run.jsonl"])
        ).text
        #expect(text.contains("Observed in `run.jsonl`."))
        #expect(text.contains("| Skatteverket, Folkbokföring (`skatteverket/folkbokforing`) | 12 |"))
        #expect(text.contains("| grant child benefit | `Rules.swift:7` | `skatteverket/birth.v1.yaml:25` | 9 | 4 |"))
        let lacking = try part(text, from: "### Declared and never seen", to: "###")
        #expect(
            lacking.contains(
                #"- `skatteverket.birth.v1` is heard by Region (`region/region`), rule “call \| to \*child\* health”"#))
        #expect(!lacking.contains("grant child benefit"))
        let surplus = try part(text, from: "### Seen and not declared", to: "\n<a")
        #expect(surplus.contains("- `skatteverket.death.v1` was said by `skatteverket` once\n"))
        #expect(surplus.contains("- `skatteverket.birth.v1` was heard by `kommun`, rule “plan”, 2 times\n"))
        #expect(!surplus.contains("dead-letter"))
    }

    @Test func `a store, which knows no rules, counts for all rules of the owner`() throws {
        let birth = EventType("skatteverket.birth.v1")
        let text = try catalogue(
            ObservedFlows(
                publications: [],
                deliveries: [.init(type: birth, owner: Owner("region"), rule: nil, delivered: 3, handled: 3)],
                runs: ["store"])
        ).text
        #expect(
            text.contains(
                #"| call \| to \*child\* health | `Rules.swift:7` | `skatteverket/birth.v1.yaml:26` | 3 | 3 |"#))
        #expect(try part(text, from: "### Seen and not declared", to: "\n<a").contains("Nothing."))
    }
}
