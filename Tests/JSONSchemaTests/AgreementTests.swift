import JSON
import Testing

@testable import JSONSchema

@Suite struct AgreementTests {
    @Test(arguments: UInt64(1)...8)
    func `random schemas say of random values what a plain reading of JSON Schema says`(seed: UInt64) throws {
        var generator = SchemaGenerator(seed: seed)
        var verdicts = (valid: 0, invalid: 0)
        for number in 0..<250 {
            let root = generator.root()
            let document = SchemaDocument(uri: "random.json", bytes: Array(root.written.utf8))
            let catalogue: SchemaLibrary
            do throws(SchemaErrors) {
                catalogue = try SchemaLibrary([document])
            } catch {
                Issue.record("seed \(seed), schema \(number): \(error)\n\(root.written)")
                continue
            }
            let schema = try #require(catalogue["random.json"])
            for _ in 0..<8 {
                let instance =
                    generator.values.random.isOne(in: 2)
                    ? generator.values.any(3) : generator.values.fitting(root, root: root, 4)
                let expected = ReferenceValidator(root: root).accepts(root, instance)
                if expected { verdicts.valid += 1 } else { verdicts.invalid += 1 }
                func told() -> Comment {
                    "seed \(seed), schema \(number):\n\(root.written)\n\(instance.written)"
                }
                let bytes = Array(instance.written.utf8)
                try JSONTape.reading(bytes) { value in
                    let isValid = schema.isValid(value)
                    let failures = schema.failures(of: value)
                    #expect(isValid == expected, told())
                    #expect(failures.isEmpty == isValid, told())
                    #expect(schema.failures(of: value, limit: 1) == Array(failures.prefix(1)), told())
                    #expect(failures.allSatisfy { bytes.indices.contains($0.offset) && !$0.message.isEmpty }, told())
                }
            }
        }
        // Schemas that accept all or nothing would show nothing.
        let total = verdicts.valid + verdicts.invalid
        #expect(min(verdicts.valid, verdicts.invalid) > total / 5, "seed \(seed): \(verdicts)")
    }
}
