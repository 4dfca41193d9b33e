import Contracts
import Foundation
import Testing

/// What Swift types cannot be made from is told with its place.
@Suite struct SchemaErrorTests {
    @Test(arguments: [
        (#""chain": "fact""#, #""chain": "facts""#, "10:14: there is no chain 'facts'; there are fact, state, once"),
        ("$defs/municipality", "$defs/municipalty", "33:15: there is no definition 'municipalty' in "),
        (#""maximum": 9"#, #""oneOf": []"#, "45:7: the field 'birthOrder' has no key 'oneOf' that Swift types"),
        (
            #""additionalProperties": false"#, #""additionalProperties": true"#,
            "must have \"additionalProperties\": false"
        ),
        (#""delimit": ["concerns"]"#, #""delimit": ["place"]"#, "18:17: the type has no field 'place'"),
        (
            #"{"reader": "region/region", "offer": "concerned"}"#,
            #"{"reader": "region/region", "offer": "case", "consent": "careNeeds"}"#,
            "a reader with a consent is told what concerns it, and not 'case'"
        ),
        (
            #""offer": "concerned"}"#, #""consent": {"scope": [], "where": {"place": ["x"]}}}"#,
            "where: 'place' is no required field of the type"
        ),
        (#""offer": "concerned"}"#, #""consent": {"scope": []}}"#, "a consent has a scope"),
        (
            #""offer": "concerned"}"#, #""consent": {"scope": "careNeeds", "mutual": false}}"#,
            "mutual is true, or left out"
        ),
        (#""swift": "Birth""#, #""swift": "Death""#, "the Swift name 'Death' is taken by "),
        (#""type": "integer""#, #""type": "object""#, "is an object: give it a name in $defs and refer to it"),
        (#""birthOrder"]"#, #""order"]"#, "there is no field 'order' to require"),
        (#""type": "object","#, #""type": "object""#, "this is not JSON: a comma or } is expected here"),
    ])
    func `a fault of a schema is told with file, line and column`(old: String, new: String, message: String) throws {
        var files: [String: String] = [:]
        for name in ["types.schema.json", "skatteverket/birth.v1.schema.json", "skatteverket/death.v1.schema.json"] {
            files[name] = try String(contentsOfFile: "\(TopicsFolder.shipped)/\(name)", encoding: .utf8)
        }
        let birth = "skatteverket/birth.v1.schema.json"
        let text = try #require(files[birth])
        #expect(text.contains(old))
        files[birth] = text.replacing(old, with: new, maxReplacements: 1)
        let folder = try TopicsFolder(files)
        let error = #expect(throws: ContractError.self) { try SchemaCatalogue(folder: folder.path) }
        let told = error?.description ?? ""
        #expect(told.hasPrefix("\(folder.path)/skatteverket/") && told.contains(message), "\(told)")
    }
}
