import LifeEvents
import Scenarios

/// Why the agency that should have acted did not, from what the log tells of its rules.
extension WorldLog {
    /// Sentences, the likeliest reason first: a fault, a dead letter, what was not whole, what was not its own, silence.
    /// - Parameter shared: faults that belong to no world, and so to all.
    func whyNot(_ failure: ExpectationResult, faults shared: [FaultNote], limit: Int = 3) -> [String] {
        guard failure.isMissing, !messages.isEmpty else { return [] }
        let played = start?.agencies ?? []
        let suspects = suspects(failure)
        guard !suspects.isEmpty else { return [] }
        var reasons: [String] = []
        for agency in suspects {
            guard played.isEmpty || played.contains(agency) else {
                reasons.append("\(agency) is not played by this run, which plays \(played.joined(separator: ", "))")
                continue
            }
            let known = Self.faults(faults + shared, at: agency, failure) + letters(of: agency, failure)
            let told = rules(of: agency, failure)
            reasons += known + told
            if known.isEmpty, told.isEmpty || !hearsSubject(agency, failure) {
                reasons.append(silence(of: agency, failure))
            }
        }
        return Array(reasons.prefix(limit))
    }

    /// The agencies that could have sent what was waited for.
    private func suspects(_ failure: ExpectationResult) -> [String] {
        if let source = failure.source { return [source] }
        guard let type = failure.type else { return [] }
        if type == StatusTile.type.name {
            // Whoever sets the tile in this world, if anybody does.
            let tile = failure.message.split(separator: " ").drop { $0 != "tile" }.dropFirst().first.map(String.init)
            return Self.unique(statusChanges.filter { $0.tile == tile }.map(\.agency))
        }
        let owner = EventType(type).owner
        let all = Self.unique((start?.agencies ?? []) + deliveries.map(\.agency))
        let own = all.filter { AgencyID($0)?.owner == owner }
        if own.isEmpty, let owner { return owner == .citizen ? [] : [owner.description] }
        return own
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    private static func faults(_ faults: [FaultNote], at agency: String, _ failure: ExpectationResult) -> [String] {
        let first = failure.opening ?? .earliest
        let own = faults.filter { fault in
            guard fault.target == agency, failure.deadline.map({ fault.time <= $0 }) ?? true else { return false }
            return fault.until.map { $0 > first } ?? true
        }
        // What a fault does to single messages adds nothing where the fault itself is told.
        let whole = Set(own.filter { $0.message == nil }.map(\.kind))
        return unique(
            own.filter { $0.message == nil || !whole.contains($0.kind) }.map { fault in
                let until = fault.until.map { " to \($0.asWritten)" } ?? ""
                return "fault \(fault.kind) at \(fault.time.asWritten)\(until): \(fault.text)"
            })
    }

    private func letters(of agency: String, _ failure: ExpectationResult) -> [String] {
        rejections.compactMap { rejection in
            guard rejection.agency == agency, let id = rejection.message, let message = message(id),
                isInside(message, failure)
            else { return nil }
            return "\(agency) dead-lettered \(describe(message)): \(rejection.reason)"
        }
    }

    /// What the agency's rules said of the messages that could have moved it.
    private func rules(of agency: String, _ failure: ExpectationResult) -> [String] {
        // What an agency says itself it also hears; that is book-keeping and explains nothing.
        let reports = Dictionary(grouping: deliveries.filter { $0.agency == agency }, by: \.message)
        let heard = messages.filter { message in
            reports[message.id] != nil && message.source != agency && isInside(message, failure)
                && (message.id == failure.cause || message.subject == failure.subject || failure.subject == nil)
        }
        let causeFirst = heard.filter { $0.id == failure.cause } + heard.filter { $0.id != failure.cause }.reversed()
        var ranked: [(rank: Int, text: String)] = []
        // The last messages say most, and a long world has many.
        for message in causeFirst.prefix(200) {
            let isCause = message.id == failure.cause
            let own = reports[message.id] ?? []
            // Where one rule took the message, it is no wonder that others left it.
            let isTaken = own.contains { $0.outcome != .notMine }
            for delivery in own {
                let rule = "river \(agency)/\(delivery.river)"
                let what = describe(message)
                switch delivery.outcome {
                case .notWhole: ranked.append((0, "\(rule) refused \(what): \(condition(delivery))"))
                case .denied:
                    ranked.append((0, "\(rule) has no right to \(what): \(delivery.reason ?? "") (\(delivery.place))"))
                case .notMine where isTaken: continue
                case .notMine: ranked.append((isCause ? 1 : 2, "\(rule) ignored \(what): \(condition(delivery))"))
                case .handled:
                    let made = delivery.reason.map { ": \($0)" } ?? made(by: message, at: agency, failure)
                    ranked.append((isCause ? 0 : 3, "\(rule) handled \(what)\(made) (\(delivery.place))"))
                }
            }
        }
        return [0, 1, 2, 3].flatMap { rank in ranked.filter { $0.rank == rank }.map(\.text) }
    }

    private func hearsSubject(_ agency: String, _ failure: ExpectationResult) -> Bool {
        guard let subject = failure.subject else { return true }
        let heard = Set(deliveries.filter { $0.agency == agency }.map(\.message))
        return messages.contains { $0.subject == subject && heard.contains($0.id) && isInside($0, failure) }
    }

    private func condition(_ delivery: Delivery) -> String {
        "\(delivery.refusal) (\(delivery.place))"
    }

    private func made(by message: Publish, at agency: String, _ failure: ExpectationResult) -> String {
        let made = messages.filter { $0.cause == message.id && $0.source == agency }
        let inTime = made.filter { one in failure.deadline.map { one.time <= $0 } ?? true }
        func list(_ messages: [Publish]) -> String {
            let names = Self.unique(messages.map { one in one.tile.map { "the tile \($0)" } ?? one.type })
            return names.prefix(3).joined(separator: ", ")
        }
        if !inTime.isEmpty { return " and said \(list(inTime))" }
        guard let later = made.first else { return " and said nothing" }
        return " and said nothing in time, but \(list(made)) at \(later.time.asWritten)"
    }

    private func silence(of agency: String, _ failure: ExpectationResult) -> String {
        if let cause = failure.cause.flatMap({ message($0) }), cause.source != agency,
            !deliveries.contains(where: { $0.message == cause.id && $0.agency == agency })
        {
            return "no river of \(agency) hears \(describe(cause))"
        }
        let about = failure.subject.map { " about \($0)" } ?? ""
        return "\(agency) heard nothing\(about)" + (failure.deadline.map { " until \($0.asWritten)" } ?? "")
    }

    private func isInside(_ message: Publish, _ failure: ExpectationResult) -> Bool {
        message.id == failure.cause
            || message.time >= failure.opening ?? .earliest && failure.deadline.map { message.time <= $0 } ?? true
    }

    private func message(_ id: EventID) -> Publish? { messages.first { $0.id == id } }

    private func describe(_ message: Publish) -> String {
        "\(message.type) at \(message.time.asWritten) for \(message.subject)"
    }
}
