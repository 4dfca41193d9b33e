import Contracts
import Foundation
import JSON
import LifeEvents
import Testing

/// Acceptance 10, diagnosis probe: no text of any contract may hold what looks like a code of ICD-10-SE, and so nothing that
/// municipality, employment service, fund or employer reads can carry a diagnosis.
///
/// A text is one of a few words, has a form, or excludes such codes. The key of a subject and a country's two letters are no
/// texts: the one is made by the bus, the other has no room.
@Suite struct DiagnosisProbeTests {
    private static let excluded = "(^|[^0-9A-Za-z])[A-Z][0-9]{2}([.]?[0-9][0-9A-Z]?)?($|[^0-9A-Za-z])"
    private static let owners = ["akassa", "arbetsformedlingen", "arbetsgivare", "kommun"]

    /// The types that some branch of the four is told.
    private static func told() throws -> [TypeSchema] {
        let catalogue = try ShippedContracts.catalogue()
        let rights = try catalogue.rights()
        let rows = catalogue.topics.flatMap(\.access).filter { owners.contains($0.team) && $0.access.allowsReading }
        let parties = Set(
            rows.compactMap { row in
                Owner(text: row.team).flatMap { owner in Branch(text: row.application).map { Party(owner, $0) } }
            })
        return try ShippedContracts.schemas().types.filter { schema in
            parties.contains { rights.reading(of: schema.type, by: $0).isGranted }
        }
    }

    /// A sentence of what is wrong with a field; nil: nothing.
    private func failure(of field: String, holding value: String, _ type: EventType) throws -> String? {
        let data = String(decoding: try JSONEncoder().encode([field: value]), as: UTF8.self)
        return try TopicSchemas().failures(of: data, type: type).first {
            $0.contains(field) && $0.contains("excludes")
        }
    }

    @Test(arguments: ["F43.8A", "F32.1", "F438A", "C50", "Z73.0", "sjuk i F43.9 sedan mars", "se F32, och F33"])
    func `a code in a text of what the four are told breaks the contract`(code: String) throws {
        var probed = 0
        for schema in try Self.told() {
            for field in schema.fields {
                guard case .string = field.type, field.name != "country" else { continue }
                #expect(try failure(of: field.name, holding: code, schema.type) != nil, "\(schema.type) \(field.name)")
                probed += 1
            }
        }
        #expect(probed > 70)
    }

    @Test(arguments: [
        "certificate-1", "aid-2026-06", "kommun-0180-aid-2026-06", "SE2321000017-A1", "old-age-NO", "A-traktor",
    ])
    func `what is no code is let through`(text: String) throws {
        #expect(try failure(of: "contentRef", holding: text, MedicalCertificate.type) == nil)
    }

    @Test func `every text of every schema is closed, has a form, or excludes codes`() throws {
        let files = try #require(FileManager.default.enumerator(atPath: TopicsFolder.shipped))
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".schema.json") }.sorted()
        #expect(files.count > 300)
        for file in files {
            let data = try Data(contentsOf: URL(filePath: TopicsFolder.shipped).appending(path: file))
            let open = Self.openTexts(try JSONSerialization.jsonObject(with: data), at: "")
            #expect(open.filter { $0 != "/$defs/country" } == [], "\(file)")
        }
    }

    /// Where a schema lets any text stand.
    private static func openTexts(_ node: Any, at place: String) -> [String] {
        guard let members = node as? [String: Any] else {
            return (node as? [Any] ?? []).flatMap { openTexts($0, at: place) }
        }
        let not = (members["not"] as? [String: Any])?["pattern"] as? String
        let isClosed = ["enum", "const", "format", "pattern"].contains { members[$0] != nil } || not == excluded
        let own = members["type"] as? String == "string" && !isClosed ? [place] : []
        // order-free: each place is told for itself.
        return own
            + members.filter { $0.key != "examples" && $0.key != "x-livsbuss" }.sorted { $0.key < $1.key }
            .flatMap { openTexts($0.value, at: "\(place)/\($0.key)") }
    }
}
