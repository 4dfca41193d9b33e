import AgencyKit
import Contracts
import JSON
import LifeEvents

/// Puts to a program what its agencies are offered, and does what it answers.
///
/// Questions of a slice are put ahead, all at once, for cases that have one in it. An answer that was got ahead is used
/// only for the very question that it answers, so that putting it ahead can change no result.
///
/// Unchecked: rules are `Sendable` and this one calls here; one thread owns the desk, that of the host whose runner made
/// it.
final class ProgramDesk: @unchecked Sendable {
    /// Told of each question whose answer was used, with the answer without its number.
    var listener: (([UInt8], [UInt8]) -> Void)?
    /// Why the run cannot go on; nil: it can.
    private(set) var failure: ProgramFailure?
    private let player: ProgramPlayer
    private let process: ProgramProcess
    private let cases: TypedCaseStorage<ProgramCase>
    private let party: Party
    private var access = AccessRights()
    private var question = ProgramQuestion()
    private var tape = JSONTape()
    /// Types that were published before, with why they may not be.
    private var rights: [EventType: String?] = [:]
    /// Questions that are to be put ahead.
    private var waiting: [(key: CaseKey, question: [UInt8])] = []
    private var waitingBytes = 0
    /// The cases of ``waiting`` and ``ahead``.
    private var isAhead: Set<CaseKey> = []
    private var ahead: [CaseKey: (question: [UInt8], answer: [UInt8])] = [:]

    init(_ player: ProgramPlayer, process: ProgramProcess, cases: TypedCaseStorage<ProgramCase>) {
        self.player = player
        self.process = process
        self.cases = cases
        party = player.branch.map { Party(player.owner, $0) } ?? Party(whole: player.owner)
    }

    /// What contracts allow, from now on.
    func hold(to access: AccessRights) {
        self.access = access
        rights.removeAll()
    }

    // MARK: - Handling

    /// Puts an event to the program, for the case that is handled.
    func handle(_ type: EventType, _ event: IncomingEvent, _ sink: EffectSink) throws -> RiverOutcome {
        cases.load()
        let question = question.event(type, event, about(sink))
        return try act(question, sink) { outcome, reason in
            switch outcome {
            case .handled: return .handled
            case .waits:
                event.chainNote.noteWaiting()
                return .handled
            case .ignored: return .notMine([reason ?? "is one that \(self.player.command) acts on"])
            case .refused: return .notWhole([reason ?? ""])
            }
        }
    }

    /// Tells the program that a timer of the case that is handled has fallen due.
    func act(on timer: String, _ sink: EffectSink) throws {
        cases.load()
        let question = question.timer(timer, about(sink))
        _ = try act(question, sink) { outcome, reason in
            guard outcome == .handled || outcome == .ignored else {
                throw ProgramFault("a timer is handled or ignored, not \(outcome.rawValue): \(reason ?? "")")
            }
            return .handled
        }
    }

    private func about(_ sink: EffectSink) -> ProgramQuestion.About {
        ProgramQuestion.About(
            agency: sink.agency, subject: sink.subject, now: sink.now, state: cases.current.pointee,
            timers: sink.timers)
    }

    private func act(
        _ question: [UInt8], _ sink: EffectSink,
        _ outcome: (ProgramAnswer.Outcome, String?) throws -> RiverOutcome
    ) throws -> RiverOutcome {
        let key = CaseKey(world: sink.world, agency: sink.agency, subject: sink.subject)
        let bytes = try answer(to: question, key)
        listener?(question, ProgramInterview.withoutNumber(bytes))
        return try bytes.withUnsafeBytes { bytes in
            do {
                try tape.parse(bytes)
            } catch {
                throw ProgramFault("the program's answer is no JSON: \(error)")
            }
            let answer = try ProgramAnswer(tape.root)
            if answer.outcome == .handled || answer.outcome == .waits {
                try answer.apply(to: &cases.current.pointee, sink, player.limits) { self.reason(against: $0) }
            }
            return try outcome(answer.outcome, answer.reason.map(Self.sentence))
        }
    }

    private func answer(to question: [UInt8], _ key: CaseKey) throws -> [UInt8] {
        if let failure { throw failure }
        if !ahead.isEmpty, let known = ahead.removeValue(forKey: key), known.question == question {
            return known.answer
        }
        do {
            return try process.ask(question)
        } catch let failure as ProgramFailure {
            self.failure = failure
            throw failure
        }
    }

    /// A reason as one sentence of a line: no semicolon, which parts sentences, and not long.
    private static func sentence(_ reason: String) -> String {
        String(reason.prefix(mostReasonLength)).replacing(";", with: ",")
    }

    /// The most characters of a reason that are kept.
    private static let mostReasonLength = 300

    /// Why a branch may not say a type that its owner may say. Of what the owner may not say the gate judges.
    private func reason(against type: EventType) -> String? {
        if let known = rights[type] { return known }
        let mayOwner = access.writers(of: type.topic)?.contains(player.owner) ?? true
        let reason =
            mayOwner && !access.mayPublish(type, party) ? "no row of \(type.topic) lets \(party) write it" : nil
        rights[type] = .some(reason)
        return reason
    }

    // MARK: - Ahead

    /// Whether a question about a case would be put ahead.
    func takesAhead(_ key: CaseKey) -> Bool { failure == nil && !isAhead.contains(key) }

    /// An event that the case in a slot will be offered.
    func prepare(
        _ type: EventType, _ event: IncomingEvent, _ key: CaseKey, slot: Int?, now: Instant, timers: [TimerRecord]
    ) {
        add(key, question.event(type, event, about(key, slot, now, timers)))
    }

    /// A timer that will fall due in the case of a slot.
    func prepare(timer: TimerRecord, _ key: CaseKey, slot: Int, now: Instant, timers: [TimerRecord]) {
        add(key, question.timer(timer.name, about(key, slot, now, timers.filter { $0 != timer })))
    }

    private func about(
        _ key: CaseKey, _ slot: Int?, _ now: Instant, _ timers: [TimerRecord]
    ) -> ProgramQuestion.About {
        ProgramQuestion.About(
            agency: key.agency, subject: key.subject, now: now, state: slot.map { cases[$0] } ?? ProgramCase(),
            timers: timers)
    }

    private func add(_ key: CaseKey, _ question: [UInt8]) {
        isAhead.insert(key)
        waiting.append((key, question))
        waitingBytes += question.count
        if waitingBytes >= player.limits.mostQuestionBytes { ask() }
    }

    /// Puts what waits.
    func ask() {
        guard !waiting.isEmpty else { return }
        defer {
            waiting.removeAll(keepingCapacity: true)
            waitingBytes = 0
        }
        // One alone is as well put when it is its turn.
        guard waiting.count > 1, failure == nil else { return }
        do throws(ProgramFailure) {
            let answers = try process.askAll(waiting.map(\.question))
            for (asked, answer) in zip(waiting, answers) { ahead[asked.key] = (asked.question, answer) }
        } catch {
            failure = error
        }
    }

    /// Forgets what was got ahead.
    func endAhead() {
        isAhead.removeAll(keepingCapacity: true)
        ahead.removeAll(keepingCapacity: true)
    }
}
