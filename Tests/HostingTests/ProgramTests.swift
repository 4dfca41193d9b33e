import AgencyKit
import Contracts
import JSON
import LifeEvents
import Synchronization
import Testing

@testable import Hosting

/// Agencies that a program on standard input plays.
@Suite struct ProgramTests {
    /// A program of the shell: `$n` is the number of the question, `$question` all of it.
    private static func player(_ body: String, limits: ProgramLimits = ProgramLimits()) -> ProgramPlayer {
        let script = """
            while read -r question; do
              [ -z "$question" ] && continue
              n=${question#*:}; n=${n%%,*}
              case "$question" in *'"hello":'*) echo "{\\"n\\":0}"; continue;; esac
              \(body)
            done
            """
        var player = ProgramPlayer(owner: .skatteverket, words: ["sh", "-c", script], folder: "/")
        player.limits = limits
        return player
    }

    private static func run(_ player: ProgramPlayer, sliceMessages: Int = 1_000) throws -> HostRun {
        let runner = try AgencyRunner.runner(
            for: player, types: [Word.type], access: AccessRights(), playing: [.skatteverket])
        let run = HostRun([runner], sliceMessages: sliceMessages)
        run.host.join(HostedWorld(number: 0, name: "w", agencies: [.skatteverket]))
        return run
    }

    /// Says each word of the citizen's back with how many it has heard before, and repeats the count a day later.
    private static let counting = """
        case "$question" in
          *'"timer":'*) echo "{\\"n\\":$n,\\"outcome\\":\\"handled\\",\\"effects\\":[{\\"publish\\":\\"skatteverket.word.v1\\",\\"data\\":{\\"text\\":\\"later\\"}}]}";;
          *'"source":"/agency/citizen"'*)
            k=0; case "$question" in *'"case":{"k":'*) k=${question#*'"k":'}; k=${k%%'}'*};; esac
            echo "{\\"n\\": $n, \\"case\\": {\\"k\\": $((k + 1))}, \\"outcome\\": \\"handled\\", \\"effects\\": [{\\"publish\\": \\"skatteverket.word.v1\\", \\"data\\": {\\"text\\": \\"h\\\\u00f6rt $k\\"}}, {\\"timer\\": \\"again\\", \\"due\\": {\\"days\\": 1}}]}";;
          *) echo "{\\"n\\":$n,\\"outcome\\":\\"ignored\\"}";;
        esac
        """

    @Test(arguments: [1, 3, 1_000])
    func `the case comes back, effects are written as this house writes, and timers fire`(slices: Int) throws {
        let run = try Self.run(Self.player(Self.counting), sliceMessages: slices)
        for (minute, name) in [(1, "Ek"), (1, "Alm"), (1, "Ask"), (2, "Ek"), (2, "Ek"), (3, "Alm")] {
            try run.say("hej", about: name, at: Int64(minute))
        }
        try run.play()
        let texts = run.heard.filter { $0.source == .skatteverket }.map(\.text)
        #expect(texts.filter { $0 == "hört 0" }.count == 3)
        #expect(texts.filter { $0 == "hört 1" }.count == 2 && texts.filter { $0 == "hört 2" }.count == 1)
        // One timer a person, set again with each word.
        #expect(texts.filter { $0 == "later" }.count == 3)
        let said = try #require(run.heard.first { $0.text == "hört 0" })
        #expect(String(decoding: said.value, as: UTF8.self).hasSuffix(#""data":{"text":"hört 0"}}"#))
    }

    @Test func `what is said does not depend on what was put ahead`() throws {
        let all = try [1, 2, 1_000].map { slices in
            let run = try Self.run(Self.player(Self.counting), sliceMessages: slices)
            for number in 0..<40 { try run.say("hej", about: "P\(number % 13)", at: Int64(number / 20 + 1)) }
            try run.play()
            return run.heard
        }
        #expect(all[0] == all[1] && all[1] == all[2])
    }

    @Test func `cases and what they wait for are kept and restored`() throws {
        let first = try Self.run(Self.player(Self.counting))
        try first.say("hej", about: "Ek", at: 1)
        try first.say("hej", about: "Ek", at: 5)
        try first.play(through: 3)
        try first.save()
        let second = try Self.run(Self.player(Self.counting))
        try second.goOn(from: first)
        try second.play()
        try first.play()
        #expect(second.heard == first.heard)
        #expect(second.heard.contains { $0.text == "hört 1" })
    }

    private static func answers(_ answer: String) -> String {
        "case \"$question\" in *'\"text\":\"bad\"'*) \(answer);; *) echo \"{\\\"n\\\":$n,\\\"outcome\\\":\\\"ignored\\\"}\";; esac"
    }

    private static func says(_ members: String) -> String {
        "echo \"{\\\"n\\\":$n,\(members.replacing("\"", with: "\\\""))}\""
    }

    @Test(arguments: [
        (answers("echo nonsense"), "the program's answer is no JSON"),
        (answers("echo '{\"n\":99,\"outcome\":\"ignored\"}'"), "has the number 99"),
        (answers("echo '{\"outcome\":\"ignored\"}'"), "has no number `n`"),
        (answers("exit 3"), "the program ended (exit code 3) each time that it was asked"),
        (answers("kill -9 $$"), "the program ended (signal 9) each time that it was asked"),
        (answers("head -c 9000 /dev/zero; echo"), "a line of more than 4096 bytes"),
        (answers(says(#""outcome":"perhaps""#)), "the outcome is handled, ignored, refused or waits"),
        (answers(says(#""outcome":"refused""#)), "what is refused has a `reason`"),
        (answers(says(#""outcome":"ignored","effects":[{"cancel":"x"}]"#)), "an event that is ignored has no effects"),
        (answers(says(#""outcome":"handled","result":1"#)), #"the answer has a member "result""#),
        (answers(says(#""outcome":"handled","effects":[{"cancel":"a"},{"publsh":"x"}]"#)), "effect 2: it has one of"),
        (
            answers(says(#""outcome":"handled","effects":[{"publish":"skatteverket.other.v1","data":1}]"#)),
            "no manifest has the topic"
        ),
        (
            answers(
                says(#""outcome":"handled","effects":[{"publish":"skatteverket.word.v1","data":1,"previousid":"x"}]"#)),
            "`previousid` is an id or a name"
        ),
        (
            answers(says(#""outcome":"handled","effects":[{"publish":"skatteverket.word.v1","data":1,"cause":"x"}]"#)),
            #"names the cause "x", which was not remembered"#
        ),
        (answers(says(#""outcome":"handled","effects":[{"timer":"x"}]"#)), "a timer has `due`"),
        (answers(says(#""outcome":"handled","effects":[{"tile":"no-tile","code":"U1","text":"x"}]"#)), "effect 1"),
        (
            answers(
                "echo \"{\\\"n\\\":$n,\\\"outcome\\\":\\\"handled\\\",\\\"case\\\":\\\"$(head -c 2000 /dev/zero | tr '\\0' x)\\\"}\""
            ), "the case has 2002 bytes"
        ),
    ])
    func `what cannot be done is a dead letter with the reason, and the rest goes on`(body: String, reason: String)
        throws
    {
        var limits = ProgramLimits()
        limits.mostAnswerBytes = 4_096
        limits.mostCaseBytes = 1_000
        for slices in [1, 1_000] {
            let run = try Self.run(Self.player(body, limits: limits), sliceMessages: slices)
            for word in ["good", "bad", "good"] { try run.say(word, about: word, at: 1) }
            try run.say("good", about: "bad", at: 2)
            try run.play()
            let letters = run.heard.filter { $0.type == "skatteverket.dead-letter.v1" }
            #expect(letters.count == 1)
            #expect(letters.first?.text.contains(reason) == true, "\(letters.map(\.text))")
            #expect(run.records.flatMap(\.readings).filter { $0.use == .unused }.count == 4)
        }
    }

    @Test func `one that hangs ends the run`() throws {
        var limits = ProgramLimits()
        limits.longestSilence = 300
        let run = try Self.run(Self.player(Self.answers("sleep 60"), limits: limits))
        try run.say("bad", about: "Ek", at: 1)
        #expect(throws: ProgramFailure.self) { try run.play() }
    }

    @Test func `one that ends again and again ends the run`() throws {
        var limits = ProgramLimits()
        limits.mostDeaths = 5
        let run = try Self.run(Self.player(Self.answers("exit 1"), limits: limits))
        for number in 0..<3 { try run.say("bad", about: "P\(number)", at: 1) }
        #expect(throws: ProgramFailure.self) { try run.play() }
    }

    @Test(arguments: ["exit 1", "echo hej", "echo '{\"n\":1}'", "echo '{\"n\":0,\"hears\":[\"csn.study-aid.v1\"]}'"])
    func `one that does not begin is told before anything is played`(script: String) {
        let player = ProgramPlayer(owner: .skatteverket, words: ["sh", "-c", script], folder: "/")
        #expect(throws: ProgramFailure.self) { try Self.run(player) }
    }

    @Test func `what it writes on standard error is told, and not without end`() throws {
        let told = Mutex<[String]>([])
        var player = Self.player("echo \"heard $n\" >&2; echo \"{\\\"n\\\":$n,\\\"outcome\\\":\\\"ignored\\\"}\"")
        player.limits.mostErrorLines = 2
        player.tells = { line in told.withLock { $0.append(line) } }
        do {
            let run = try Self.run(player)
            for minute in 1...5 { try run.say("hej", at: Int64(minute)) }
            try run.play()
        }
        #expect(told.withLock { $0.prefix(2) } == ["skatteverket: heard 1", "skatteverket: heard 2"])
        #expect(told.withLock { $0.count } <= 3)
    }

    @Test func `it may hear less than it may read, and is not asked about the rest`() throws {
        let script = "while read -r q; do [ -z \"$q\" ] || echo '{\"n\":0,\"hears\":[]}'; done"
        let player = ProgramPlayer(owner: .skatteverket, words: ["sh", "-c", script], folder: "/")
        let run = try Self.run(player)
        try run.say("hej", about: "Ek", at: 1)
        try run.play()
        #expect(run.heard.count == 1)
    }
}
