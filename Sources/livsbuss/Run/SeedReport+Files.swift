import JSON
import Reports
import Scenarios
import Simulation

/// What several seeds came to, for programs.
extension SeedReport {
    var json: String {
        var writer = JSONWriter(pretty: true)
        writer.beginObject()
        writer.key("passed")
        writer.bool(passed)
        writer.key("exitCode")
        writer.int(Int64(exitCode))
        write("seeds", seeds, into: &writer)
        writer.key("cases")
        writer.beginArray()
        for (world, instance) in instances.enumerated() { write(world, instance, into: &writer) }
        writer.endArray()
        writer.key("common")
        writer.beginArray()
        for one in common {
            writer.beginObject()
            writer.key("failure")
            writer.string(one.what)
            writer.key("cases")
            writer.beginArray()
            for world in one.cases { writer.string(instances[world].name) }
            writer.endArray()
            write("seeds", one.seeds, into: &writer)
            writer.endObject()
        }
        writer.endArray()
        skipped.write(into: &writer)
        writer.endObject()
        writer.endLine()
        return writer.text
    }

    private func write(_ name: String, _ seeds: [UInt64], into writer: inout JSONWriter) {
        writer.key(name)
        writer.beginArray()
        for seed in seeds { writer.string("\(seed)") }
        writer.endArray()
    }

    private func write(_ world: Int, _ instance: ScenarioInstance, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("case")
        writer.string(instance.name)
        writer.key("file")
        writer.string(instance.scenario.name.span.file)
        let failed = seeds(of: world, in: failures)
        write("failedSeeds", failed, into: &writer)
        write("failures", faults(of: world, in: failures), instance, into: &writer)
        if let reason = instance.scenario.knownFailure {
            writer.key("knownFailure")
            writer.string(reason.value)
            write("knownSeeds", seeds(of: world, in: known), into: &writer)
            write("known", faults(of: world, in: known), instance, into: &writer)
        }
        if let seed = failed.first ?? seeds(of: world, in: known).first {
            writer.key("repro")
            writer.string(command(instance, seed))
        }
        writer.key("digests")
        writer.beginArray()
        for all in digests { writer.string(all[world].description) }
        writer.endArray()
        writer.endObject()
    }

    private func write(
        _ name: String, _ faults: [Fault], _ instance: ScenarioInstance, into writer: inout JSONWriter
    ) {
        writer.key(name)
        writer.beginArray()
        for fault in faults {
            for (sentence, seeds) in fault.sentences {
                writer.beginObject()
                writer.key("code")
                writer.string(fault.failure.code.rawValue)
                writer.key("place")
                writer.string(fault.failure.place)
                writer.key("step")
                writer.string(fault.failure.step)
                writer.key("message")
                writer.string(sentence)
                write("seeds", seeds, into: &writer)
                if let seed = seeds.first {
                    writer.key("repro")
                    writer.string(command(instance, seed))
                }
                writer.endObject()
            }
        }
        writer.endArray()
    }

    /// As JUnit XML: a failure for each expectation, with the seeds.
    var junit: String {
        let cases = instances.enumerated().map { world, instance in
            let failed = seeds(of: world, in: failures)
            let own = seeds(of: world, in: known)
            let found = faults(of: world, in: failures).map { fault in
                var lines = ["\(fault.failure.place) (\(fault.failure.step)) with \(count(fault.seeds))"]
                lines += self.lines(fault)
                if let seed = fault.seeds.first { lines.append("repro: \(command(instance, seed))") }
                return SeedsCase.Failure(
                    code: fault.failure.code.rawValue,
                    message: "\(fault.failure.message), with \(count(fault.seeds))",
                    text: lines.joined(separator: "\n"))
            }
            var details = [
                (name: "scenario", value: instance.scenario.name.span.description), ("seeds", SeedList.text(seeds)),
            ]
            if !failed.isEmpty { details.append(("failed seeds", SeedList.text(failed))) }
            if !own.isEmpty { details.append(("known to fail with seeds", SeedList.text(own))) }
            if let seed = failed.first ?? own.first ?? seeds.first {
                details.append(("repro", command(instance, seed)))
            }
            return SeedsCase(
                instance, failures: found, known: own.isEmpty ? nil : instance.scenario.knownFailure?.value,
                details: details)
        }
        return SeedsJUnit(
            cases, seeds: SeedList.text(seeds), program: "livsbuss \(Livsbuss.version)",
            skipped: skipped.map { ($0.name, $0.reason) }
        ).text
    }
}
