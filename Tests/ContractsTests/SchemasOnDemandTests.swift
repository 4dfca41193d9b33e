import Contracts
import Foundation
import JSON
import JSONSchema
import LifeEvents
import Testing

/// Schemas that are read when their types are first asked for, counted and not timed: a run of one journey needs few.
@Suite struct SchemasOnDemandTests {
    private static let asked = EventType("owneraa.noun-ab.v1")
    private static let other = EventType("ownerac.noun-ak.v1")
    private static let third = EventType("ownerab.noun-af.v1")
    private static let wrong = #"{"sex": 7}"#

    private func folder() throws -> TopicsFolder { try LargeCatalogueTests.folder(topics: 15) }

    private func change(_ type: EventType, in folder: TopicsFolder, _ old: String, _ new: String) throws {
        let parts = type.name.split(separator: ".", maxSplits: 1)
        let path = "\(folder.path)/\(parts[0])/\(parts[1]).schema.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains(old))
        try Data(text.replacing(old, with: new, maxReplacements: 1).utf8).write(to: URL(filePath: path))
    }

    private func complaint(_ catalogue: Catalogue, _ type: EventType, _ data: String = wrong) throws -> String? {
        try JSONTape.reading(#"{"type": "\#(type)", "data": \#(data)}"#) { event in
            let type = try #require(event[JSONKey("type")])
            let topic = catalogue.schemas.topic(named: type.string ?? "")
            return topic.complaint(about: event[JSONKey("data")], type: type, isAnnulled: false)
        }
    }

    @Test func `nothing is read before a type is asked for, and then its file and that of what types share`() throws {
        let folder = try folder()
        let catalogue = try Catalogue(folder: folder.path, schemas: .onDemand)
        let rights = try catalogue.rights()
        #expect(catalogue.schemaFiles.count == 15 && rights.types.count == 15)
        #expect(catalogue.contracts?.typesRead == [] && catalogue.sources?.filesRead == 0)
        // Who is told of a type is known without what its data must be.
        _ = rights.reading(of: Self.third, by: Party(whole: .region))
        #expect(catalogue.contracts?.typesRead == [Self.third] && catalogue.contracts?.typesCompiled == [])
        #expect(catalogue.sources?.filesRead == 2)
        #expect(try complaint(catalogue, Self.asked)?.contains("sex") == true)
        #expect(catalogue.contracts?.typesCompiled == [Self.asked] && catalogue.sources?.filesRead == 3)
        // Asked again, and by others: by the rights, by scenarios, ahead.
        #expect(try complaint(catalogue, Self.asked) != nil)
        _ = rights.protections(on: Self.asked.topic)
        _ = rights.reading(of: Self.asked, by: Party(whole: .region))
        try catalogue.demand([Self.asked, EventType("nobody.says.v1")], areSaid: true)
        #expect(catalogue.contracts?.typesCompiled == [Self.asked] && catalogue.sources?.filesRead == 3)
        try catalogue.demand([Self.other], areSaid: false)
        #expect(catalogue.contracts?.typesCompiled == [Self.asked] && catalogue.sources?.filesRead == 4)
        try catalogue.demand([Self.other], areSaid: true)
        #expect(catalogue.contracts?.typesCompiled == [Self.asked, Self.other])
        #expect(catalogue.contracts?.typesRead.count == 3 && catalogue.sources?.filesRead == 4)
    }

    @Test func `read together, each file is read once for the compiler, the rights and whoever lists types`() throws {
        let folder = try folder()
        let catalogue = try Catalogue(folder: folder.path)
        #expect(catalogue.sources?.filesRead == 16)
        try FileManager.default.removeItem(atPath: folder.path)
        #expect(try catalogue.typeSchemas().count == 15)
        #expect(try catalogue.rights().types.count == 15)
        #expect(try complaint(catalogue, Self.asked) != nil)
        #expect(catalogue.sources?.filesRead == 16)
    }

    @Test func `on demand the shipped contracts say the same of their examples as together`() throws {
        let (together, onDemand) = (
            try ShippedContracts.catalogue(), try Catalogue(folder: TopicsFolder.shipped, schemas: .onDemand)
        )
        let (rights, rightsOnDemand) = (try together.rights(), try onDemand.rights())
        for type in try together.typeSchemas() {
            for text in type.examples + ["{}", #"{"unknown": [1]}"#] {
                try JSONTape.reading(text) { data in
                    for isAnnulled in [false, true] {
                        func failures(_ schemas: MessageSchemas) -> [String] {
                            schemas.failures(of: data, type: type.type.name, isAnnulled: isAnnulled).map {
                                "\($0) \($0.schemaLocation)"
                            }
                        }
                        #expect(failures(together.schemas) == failures(onDemand.schemas), "\(type.type)")
                        #expect(failures(together.schemasForScenarios) == failures(onDemand.schemasForScenarios))
                    }
                }
            }
            for agency in together.agencies {
                for branch in agency.readers {
                    let party = Party(agency.owner, branch)
                    #expect(
                        rights.reading(of: type.type, by: party) == rightsOnDemand.reading(of: type.type, by: party))
                }
            }
        }
        #expect(onDemand.contracts?.typesCompiled.count == onDemand.schemaFiles.count)
    }

    @Test(arguments: [(#""type": "object","#, #""typ": "object","#), (#""chain": "fact""#, #""chain": "fct""#)])
    func `a fault of a schema that is needed is told with those of all others, and of none that is not`(
        old: String, new: String
    ) throws {
        let folder = try folder()
        try change(Self.other, in: folder, old, new)
        let catalogue = try Catalogue(folder: folder.path, schemas: .onDemand)
        try catalogue.demand([Self.asked], areSaid: true)
        try change(Self.asked, in: folder, #""type": "object","#, #""typ": "object","#)
        #expect(throws: ContractError.self) { try Catalogue(folder: folder.path) }
        let error = #expect(throws: ContractError.self) {
            try catalogue.demand([Self.asked, Self.other], areSaid: true)
        }
        let files = Set((error?.problems ?? []).map { $0.file.dropFirst(folder.path.count + 1) }).sorted()
        #expect(files == ["owneraa/noun-ab.v1.schema.json", "ownerac/noun-ak.v1.schema.json"])
        // Who asks without having demanded it lets nothing pass, and tells nobody.
        let sentence = try complaint(catalogue, Self.other)
        #expect(sentence?.hasPrefix("the contract of this type has a fault") == true, "\(sentence ?? "")")
        let right = try catalogue.rights().reading(of: Self.other, by: Party(whole: .region))
        #expect(!right.isGranted)
    }

    @Test func `many threads that ask at once get the same`() async throws {
        let folder = try folder()
        let catalogue = try Catalogue(folder: folder.path, schemas: .onDemand)
        let types = try catalogue.rights().types
        let complaints = try await withThrowingTaskGroup(of: [String?].self) { group in
            for number in 0..<8 {
                group.addTask {
                    let turned = Array(types[number...] + types[..<number])
                    let told = try turned.map { ($0, try complaint(catalogue, $0)) }
                    return told.sorted { $0.0 < $1.0 }.map(\.1)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(complaints.count == 8 && Set(complaints).count == 1)
        #expect(complaints.first?.allSatisfy { $0 != nil } == true)
        #expect(catalogue.sources?.filesRead == 16)
    }
}
