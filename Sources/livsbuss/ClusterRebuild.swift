import CitizenStatus
import Contracts
import Kafka
import LifeEvents
import Runs
import Scenarios
import Simulation
import Terminal

/// `livsbuss rebuild PATH… --brokers …`: a store from what a run has left on a cluster.
struct ClusterRebuild {
    let options: RunOptions
    let brokers: String
    let into: String
    let output: TerminalOutput

    func perform() throws -> Int32 {
        let catalogue = try Places.catalogue(options.topics)
        let plan = try RunPlan(options)
        let topics = catalogue.topics.map(\.name)
        try plan.checkTopics(topics)
        let lock = try StoreLock(StoreFolder(into))
        guard try lock.folder.progress() == .empty else {
            throw Failure(.environment, "\(into): there is a store in this folder; name another")
        }
        try lock.clear()
        let rebuild = LogRebuild(topics: topics, resolution: Int64(options.resolution) * 60_000)
        for instance in plan.instances { rebuild.add(instance.world) }
        let store = try StatusStore(path: lock.folder.database, topics: topics)
        try store.begin(inputs: plan.fingerprint(options, topics: topics), seed: options.seed)
        for (number, instance) in plan.instances.enumerated() { try store.record(instance, world: number) }
        let findings: LogFindings
        do {
            findings = try rebuild.write(
                from: Cluster.existing(brokers, properties: options.properties), namespace: options.namespace,
                into: store, folder: into)
        } catch {
            try? lock.clear()
            throw error
        }
        guard findings.messages > 0 else {
            try lock.clear()
            throw Failure(
                .environment,
                "\(brokers): no message of a run of these scenarios with the seed \(options.seed) is on the log")
        }
        try store.finishRebuilt()
        return tell(findings)
    }

    private func tell(_ findings: LogFindings) -> Int32 {
        let last = findings.last.map { " up to \(Stockholm.local($0))" } ?? ""
        output.writeLine("\(into): \(counted(findings.messages, "message"))\(last)")
        func note(_ text: String) { TerminalOutput.standardError.writeLine("note: \(text)".escapedLine) }
        func records(_ count: Int, _ are: String) -> String { "\(counted(count, "record")) \(are)" }
        if findings.outside > 0 {
            note(
                records(findings.outside, "of the run's people are left out that the run has not made: ")
                    + "when they were handled stands on no log")
        }
        if findings.unreadable > 0 {
            note(records(findings.unreadable, findings.unreadable == 1 ? "is no event" : "are no events"))
        }
        if findings.refused > 0 { note(records(findings.refused, "that the run has refused are left out")) }
        if findings.others > 0 { note(records(findings.others, "on these topics belong to other runs")) }
        for loss in findings.losses { TerminalOutput.standardError.writeLine("error: \(loss)".escapedLine) }
        return findings.isWhole ? 0 : Failure.Code.environment.rawValue
    }
}
