internal import YAML

/// A manifest that lies outside the folder of contracts, such as one of NAV's: read by nais's rules, and told what the
/// bus would need of it besides.
///
/// The bus starts with no contract of its own that lacks a class, purposes or a retention. A manifest of somebody else
/// is no less valid for lacking them, so there they are findings, not faults.
public struct OutsideManifest: Sendable {
    /// What it says; nil exactly when there are ``faults``.
    public let topic: NaisTopic?
    /// What nais or Kubernetes would refuse, in the file's order.
    public let faults: [ContractProblem]
    /// What the bus would need besides, in the file's order.
    public let findings: [ContractProblem]

    /// Reads a file.
    public init(file path: String) {
        do throws(YAMLError) {
            let document = try YAMLDocument(contentsOf: path)
            var reader = NaisReader(document)
            topic = reader.read()
            faults = reader.findings.sorted
            var needs = ManifestRules(reader.reading, home: nil).findings
            TopicLints.add(to: &needs, reader.reading)
            findings = needs.sorted
        } catch {
            topic = nil
            faults = [ContractProblem(error)]
            findings = []
        }
    }
}
