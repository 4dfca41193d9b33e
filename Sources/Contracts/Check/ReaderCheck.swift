internal import LifeEvents

/// Holds the readers that schemas name against the rules that hear their types.
public struct ReaderCheck: Sendable {
    private let access: AccessRights
    private let types: [TypeSchema]
    private let readings: [DeclaredReading]

    /// A check.
    /// - Parameters:
    ///   - types: the schemas.
    ///   - readings: what the rules of all agencies hear.
    public init(_ access: AccessRights, types: [TypeSchema], readings: [DeclaredReading]) {
        self.access = access
        self.types = types
        self.readings = readings
    }

    /// What is wrong, type by type: rules without a right, readers without a rule, groups that no right gives, and
    /// readers of secret data for whom nobody has said which events they are told.
    public func findings() -> [ContractProblem] { types.sorted { $0.type < $1.type }.flatMap { findings($0) } }

    private func findings(_ type: TypeSchema) -> [ContractProblem] {
        let hearers = readings.filter { $0.type == type.type }
        var found: [ContractProblem] = []
        var told: [Party] = []
        for reading in hearers where !told.contains(reading.party) {
            told.append(reading.party)
            found += problems(type, reading)
        }
        for reader in type.readers ?? [] where reader.party != Party(whole: .livsbuss) {
            if !hearers.contains(where: { $0.party == reader.party }) {
                found.append(problem(type, "\(reader) is among the readers and no rule of it hears \(type.type)"))
            }
        }
        return found
    }

    private func problems(_ type: TypeSchema, _ reading: DeclaredReading) -> [ContractProblem] {
        let right = access.reading(of: type.type, by: reading.party)
        let place = "“\(reading.rule)” of \(reading.party) (\(reading.file):\(reading.line))"
        guard right.isGranted else {
            // A topic's list of its own tells what lacks there.
            guard let readers = type.readers, !readers.contains(where: { $0.party == reading.party }) else { return [] }
            return [problem(type, "the rule \(place) hears \(type.type) and is not among its readers")]
        }
        if right.offer == .concerned, right.delimitation.isEmpty {
            return [
                problem(type, "\(reading.party) is told what concerns it, and no field says whom: name some in delimit")
            ]
        }
        guard let level = right.informationClass, level >= .c3, reading.party.owner != type.owner,
            type.readers?.first(where: { $0.party == reading.party })?.offer == nil
        else { return [] }
        return [
            problem(
                type,
                "\(reading.party) hears data of class \(level.rawValue): say in readers which events it is told "
                    + "(offer: all where a statute has it so, concerned, or case)")
        ]
    }

    private func problem(_ type: TypeSchema, _ message: String) -> ContractProblem {
        ContractProblem(file: type.file, message: message)
    }
}
