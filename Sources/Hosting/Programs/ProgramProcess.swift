import Glibc
import JSON
import Processes

/// Asks a program, which it starts, and starts again where it has ended. The program keeps nothing from question to
/// question, so that it may be asked again.
final class ProgramProcess {
    private let player: ProgramPlayer
    /// The first question, put whenever the program begins.
    private let greeting: [UInt8]
    private var child: ChildProcess?
    private var number = 0
    private var deaths = 0
    private var errorLines = 0

    /// - Parameter greeting: the members of the question that the program is put first.
    init(_ player: ProgramPlayer, greeting: [UInt8]) {
        self.player = player
        self.greeting = greeting
    }

    // MARK: - Beginning

    /// Starts the program, if it does not run.
    /// - Returns: what it has answered to the greeting; nil if it ran already.
    @discardableResult
    func start() throws(ProgramFailure) -> [UInt8]? {
        guard child == nil else { return nil }
        var reason = ""
        // Whoever has ended it may do so while it begins.
        for _ in 0..<player.limits.mostAttempts {
            let new = try spawn()
            var answers: [[UInt8]] = []
            do throws(ExchangeFailure) {
                try exchange(new, [greeting], first: 0, &answers)
            } catch {
                new.kill()
                reason = self.reason(error)
                if case .ended = error { continue }
                throw ProgramFailure(player, "does not begin: \(reason)")
            }
            guard let answer = answers.first, Self.number(of: answer) == 0 else {
                new.kill()
                throw ProgramFailure(player, "does not begin: it has not answered \"n\":0 to its greeting")
            }
            child = new
            return answer
        }
        throw ProgramFailure(player, "does not begin: \(reason)")
    }

    private func spawn() throws(ProgramFailure) -> ChildProcess {
        let new: ChildProcess
        do throws(ProcessStartFailure) {
            new = try ChildProcess(
                player.words, folder: player.folder,
                environment: ProgramPlayer.environment(path: Self.variable("PATH"), home: Self.variable("HOME")),
                memory: player.limits.mostMemory)
        } catch {
            throw ProgramFailure(player, "cannot be started: \(error)")
        }
        new.errorLine = { [unowned self] in tell(error: $0) }
        return new
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    private func tell(error line: [UInt8]) {
        errorLines += 1
        if errorLines <= player.limits.mostErrorLines {
            player.tells?("\(player.part): \(String(decoding: line, as: UTF8.self))")
        } else if errorLines == player.limits.mostErrorLines + 1 {
            player.tells?("\(player.part): what else it writes on standard error is not shown")
        }
    }

    // MARK: - Asking

    /// Puts one question.
    /// - Parameter question: its members but the number.
    /// - Returns: the answer, whose number is right.
    /// - Throws: ``ProgramFault`` where this question has no answer, ``ProgramFailure`` where none has.
    func ask(_ question: [UInt8]) throws -> [UInt8] {
        for attempt in 1... {
            try start()
            guard let child else { break }
            number += 1
            var answers: [[UInt8]] = []
            do throws(ExchangeFailure) {
                try exchange(child, [question], first: number, &answers)
            } catch {
                self.child = nil
                switch error {
                case .silent:
                    child.kill()
                    throw ProgramFailure(player, reason(error))
                case .lineTooLong:
                    child.kill()
                    throw ProgramFault(reason(error))
                case .ended(let ending):
                    try noteDeath(reason(error))
                    guard attempt < player.limits.mostAttempts else {
                        throw ProgramFault("the program ended (\(ending)) each time that it was asked")
                    }
                    continue
                }
            }
            guard let answer = answers.first, Self.number(of: answer) == number else {
                child.kill()
                self.child = nil
                throw ProgramFault(Self.complaint(about: answers.first ?? [], number))
            }
            return answer
        }
        throw ProgramFailure(player, "does not run")
    }

    /// Puts many questions at once, of which none rests on the answer to another.
    /// - Returns: the answers to the first of them: all, unless the program fails; then those that are left are to be put
    ///   one by one, so that it is known which of them it fails on.
    func askAll(_ questions: [[UInt8]]) throws(ProgramFailure) -> [[UInt8]] {
        try start()
        guard let child else { return [] }
        var answers: [[UInt8]] = []
        let first = number + 1
        number += questions.count
        do throws(ExchangeFailure) {
            try exchange(child, questions, first: first, &answers)
        } catch {
            self.child = nil
            if case .ended = error { try noteDeath(reason(error)) } else { child.kill() }
            if case .silent = error { throw ProgramFailure(player, reason(error)) }
        }
        let right = answers.enumerated().prefix { Self.number(of: $1) == first + $0 }.count
        if right < answers.count {
            child.kill()
            self.child = nil
        }
        return Array(answers.prefix(right))
    }

    private func noteDeath(_ reason: String) throws(ProgramFailure) {
        deaths += 1
        player.tells?("\(player.part): `\(player.command)` \(reason); it is begun anew")
        guard deaths <= player.limits.mostDeaths else {
            throw ProgramFailure(player, "has ended \(deaths) times: \(reason)")
        }
    }

    /// An empty line follows the questions: who collects its answers may keep them until then.
    private func exchange(
        _ child: ChildProcess, _ questions: [[UInt8]], first: Int, _ answers: inout [[UInt8]]
    ) throws(ExchangeFailure) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(questions.reduce(64) { $0 + $1.count + 24 })
        for (place, question) in questions.enumerated() {
            bytes.append(contentsOf: "{\"n\":\(first + place),".utf8)
            bytes.append(contentsOf: question)
            bytes.append(UInt8(ascii: "\n"))
        }
        bytes.append(UInt8(ascii: "\n"))
        try child.exchange(
            bytes, lines: questions.count, silence: player.limits.longestSilence,
            longest: player.limits.mostAnswerBytes
        ) { answers.append(Array($0)) }
    }

    private func reason(_ failure: ExchangeFailure) -> String {
        switch failure {
        case .ended(let ending): "ended (\(ending))"
        case .silent:
            "has written nothing for \(player.limits.longestSilence) ms; it must flush its output at an empty line"
        case .lineTooLong: "the program wrote a line of more than \(player.limits.mostAnswerBytes) bytes"
        }
    }

    // MARK: - Numbers

    /// The number of an answer; nil where it is no JSON object or has none.
    static func number(of answer: [UInt8]) -> Int? {
        // Nearly always it stands first.
        var place = 0
        func skip(_ text: StaticString) -> Bool {
            text.withUTF8Buffer { wanted in
                guard place + wanted.count < answer.count,
                    answer[place..<place + wanted.count].elementsEqual(wanted)
                else { return false }
                place += wanted.count
                return true
            }
        }
        if skip("{\"n\":") {
            _ = skip(" ")
            var number = 0
            let start = place
            while place < answer.count, place - start < 15, UInt8(ascii: "0")...UInt8(ascii: "9") ~= answer[place] {
                number = number * 10 + Int(answer[place] - UInt8(ascii: "0"))
                place += 1
            }
            if place > start, place < answer.count,
                answer[place] == UInt8(ascii: ",") || answer[place] == UInt8(ascii: "}")
            {
                return number
            }
        }
        return try? JSONTape.reading(answer) { $0["n"]?.int.map { Int($0) } }
    }

    private static func complaint(about answer: [UInt8], _ number: Int) -> String {
        do {
            let found = try JSONTape.reading(answer) { $0["n"]?.int }
            guard let found else { return "the program's answer has no number `n`" }
            return "the program's answer has the number \(found), and \(number) was asked"
        } catch {
            return "the program's answer is no JSON: \(error)"
        }
    }
}
