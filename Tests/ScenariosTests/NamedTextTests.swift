import LifeEvents
import Testing

@testable import Scenarios

/// Keys and ids in what is told of a failure become names, wherever they stand.
@Suite struct NamedTextTests {
    private static func instance(seed: UInt64) throws -> ScenarioInstance {
        let text = languageText(
            steps: "- {id: notice, at: +1d, publish: region.birth-notice.v1, from: region-17, for: anna}")
        let scenario = try #require(LanguageFolder(["s.yaml": text]).read("s.yaml").scenarios.first)
        return try ScenarioInstance(scenario, seed: seed)
    }

    @Test(arguments: [1, 2, 77] as [UInt64])
    func `the same text with keys and ids of any seed is told in the same words`(seed: UInt64) throws {
        let instance = try Self.instance(seed: seed)
        let anna = try #require(instance.key(of: "anna")).description
        let id = try #require(instance.message(ofStep: "notice")).description
        let names = NamedText(instance)
        #expect(names(#"[{"person":"\#(anna)","share":50},"\#(anna)"]"#) == #"[{"person":"$anna","share":50},"$anna"]"#)
        #expect(names(#"["\#(id)"] of (\#(id)), \#(anna)."#) == #"["@notice"] of (@notice), $anna."#)
        #expect(names("case-\(anna)/\(id)-2") == "case-$anna/@notice-2")
        #expect(names("$\(anna) \(anna)") == "$anna $anna")
    }

    @Test func `what only looks like a key or an id stays as it is`() throws {
        let instance = try Self.instance(seed: 1)
        let anna = try #require(instance.key(of: "anna")).description
        let names = NamedText(instance)
        for text in [
            "", "x\(anna)", "\(anna)b", "\(anna)9", "å\(anna)", "pbbbbbbbbbbbbbbb", "pensionstjansten", "0" + anna,
            "019cb9df-4be0-7000-8d25-f35a8ae4f1c2", String(anna.dropLast()),
        ] { #expect(names(text) == text) }
    }
}
