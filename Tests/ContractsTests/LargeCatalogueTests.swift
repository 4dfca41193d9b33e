import Contracts
import Foundation
import JSON
import JSONSchema
import LifeEvents
import Testing

/// The work of reading a folder of contracts, counted and not timed.
@Suite struct LargeCatalogueTests {
    /// A folder with as many topics as a country's bus may have, five or so an owner.
    static func folder(topics count: Int) throws -> TopicsFolder {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        func word(_ number: Int) -> String { "\(letters[number / 26 % 26])\(letters[number % 26])" }
        var files = ["types.schema.json": ContractDiffTests.shared]
        for number in 0..<count {
            let owner = "owner\(word(number / 5))"
            let name = "noun-\(word(number)).v1"
            files["\(owner)/\(name).yaml"] =
                soundManifest
                .replacing("name: birth.v1", with: "name: \(name)")
                .replacing("namespace: skatteverket", with: "namespace: \(owner)")
                .replacing("team: skatteverket\n", with: "team: \(owner)\n")
            files["\(owner)/\(name).schema.json"] =
                ContractDiffTests.schema
                .replacing("/skatteverket/birth.v1.schema.json", with: "/\(owner)/\(name).schema.json")
                .replacing(#""swift": "Birth""#, with: #""swift": "Noun\#(word(number).capitalized)""#)
        }
        return try TopicsFolder(files)
    }

    @Test func `of 150 topics each schema is compiled once, and what types share once for all`() throws {
        func compiled(_ topics: Int) throws -> Int {
            let folder = try Self.folder(topics: topics)
            let catalogue = try Catalogue(folder: folder.path)
            #expect(catalogue.topics.count == topics && catalogue.schemaFiles.count == topics)
            return catalogue.schemas.count
        }
        let (few, many) = (try compiled(15), try compiled(150))
        // A type's root, its five fields, the elements of its list and what it says of other fields; the shared file's
        // root, its two definitions and the field of one.
        let (perType, shared) = (8, 4)
        #expect(few == 15 * perType + shared)
        #expect(many == 150 * perType + shared)
    }

    @Test func `who only looks at manifests compiles no schema`() throws {
        let folder = try Self.folder(topics: 15)
        let catalogue = try Catalogue(folder: folder.path, schemas: .never)
        #expect(catalogue.schemas.count == 0)
        #expect(catalogue.topics.count == 15 && catalogue.schemaFiles.count == 15)
        // What is wrong with a schema is told to those who need it.
        let broken = try TopicsFolder([
            "skatteverket/birth.v1.yaml": soundManifest, "skatteverket/birth.v1.schema.json": "{",
        ])
        #expect(try Catalogue(folder: broken.path, schemas: .never).topics.count == 1)
        #expect(throws: ContractError.self) { try Catalogue(folder: broken.path) }
    }

    @Test func `faults of manifests, of keywords and of annotations are told together, each once`() throws {
        let folder = try Self.folder(topics: 15)
        func change(_ file: String, _ old: String, _ new: String) throws {
            let path = "\(folder.path)/\(file)"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.contains(old), "\(file)")
            try Data(text.replacing(old, with: new, maxReplacements: 1).utf8).write(to: URL(filePath: path))
        }
        try change("owneraa/noun-aa.v1.yaml", "class: C2", "class: C6")
        try change("owneraa/noun-ab.v1.schema.json", #""type": "object","#, #""typ": "object","#)
        try change("ownerab/noun-af.v1.schema.json", #""chain": "fact""#, #""chain": "fct""#)
        try change("ownerac/noun-ak.v1.schema.json", "{", "")
        try change("ownerac/agency.yaml", "kind: agency", "kind: agent")
        let error = #expect(throws: ContractError.self) { try Catalogue(folder: folder.path) }
        let told = (error?.problems ?? []).map { "\($0.file.dropFirst(folder.path.count + 1)):\($0.line ?? 0)" }
        let files = Set(told.map { $0.prefix { $0 != ":" } })
        #expect(
            files.sorted() == [
                "owneraa/noun-aa.v1.yaml", "owneraa/noun-ab.v1.schema.json", "ownerab/noun-af.v1.schema.json",
                "ownerac/agency.yaml", "ownerac/noun-ak.v1.schema.json",
            ])
        #expect(Set(told).count == told.count, "\(told)")
    }

    @Test func `for scenarios the same compiled schemas hold with another rule for people`() throws {
        let catalogue = try Catalogue(folder: TopicsFolder.shipped)
        let ofScenarios = catalogue.schemasForScenarios
        #expect(ofScenarios.count == catalogue.schemas.count)
        let birth = #"{"mother":"anna","municipality":"1780","birthDate":"2026-03-02","birthOrder":1}"#
        try JSONTape.reading(birth) { data in
            func failures(_ schemas: MessageSchemas) -> [String] {
                schemas.failures(of: data, type: "skatteverket.birth.v1", isAnnulled: false).map(\.description)
            }
            #expect(failures(catalogue.schemas) == [])
            #expect(failures(ofScenarios).count == 1)
            #expect(failures(ofScenarios).first?.contains("$ and the name of a declared person") == true)
        }
    }
}
