import Testing

/// The rules, held against small texts of which it is known what they must say.
@Suite struct RuleTests {
    private func lines(_ text: String) -> [Int] {
        DeterminismRule.violations(in: SourceFile(path: "Sources/Simulation/A.swift", text: text)).map(\.line)
    }

    @Test(arguments: [
        "let now = Date()", "let now = Date(  )", "let now = Foundation.Date.now", "let id = UUID()",
        "var g = SystemRandomNumberGenerator()", "let n = Int.random(in: 0..<3)", "let n = names.randomElement()",
        "let n = names.shuffled()", "names.shuffle()", "Task { work() }", "Task(priority: .low) { work() }",
        "Task.detached { work() }", "let c = ContinuousClock()", "let c: SuspendingClock", "clock_gettime(a, &b)",
        "gettimeofday(&a, nil)", "let t = time(nil)", "let n = arc4random_uniform(3)", "getrandom(a, 8, 0)",
        "let h = name.hashValue", "var h = Hasher()", #"print("it is \(Date())")"#, ##"print(#"it is \#(Date())"#)"##,
    ])
    func `ambient time, ids and chance are found`(text: String) {
        #expect(lines("// first\n" + text) == [2])
    }

    @Test(arguments: [
        "// Date() is not used", "/* UUID() /* nested */ Date() */", #"let text = "Date() and UUID()""#,
        #"let text = "\\(Date())""#, ##"let text = #"\(Date())"#"##, "let d = Date(timeIntervalSince1970: 0)",
        "func hash(into hasher: inout Hasher) {}", "let deadline = task.time", "\"\"\"\nDate() \"\n\"\"\"",
    ])
    func `what only looks like it is left alone`(text: String) {
        #expect(lines(text) == [])
    }

    @Test(arguments: [
        "var a: [Int: String] = [:]\nfor (k, v) in a { use(k) }",
        "var a = [:] as Names\nfor x in a { use(x) }",
        "func f(a: inout [Int: [String]]) {\nfor x in a { use(x) } }",
        "let a: Set<Int>\nfor x in self.a { use(x) }",
        "let a = Set(b)\nfor (i, x) in a.enumerated() { use(x) }",
        "let a = Dictionary(grouping: b) { $0 }\nfor x in zip(a, c) where x.0 { use(x) }",
        "let a = [\"x\": 1, \"y\": 2]\nlet b = a.map { $0.value }",
        "let a = [Int: String]()\nlet b = Array(a)",
        "let a: [\n Int: String], b = 1; for x in a { use(x) }",
        "let n = 1\nfor k in table.keys { use(k.sorted()) }",
        "let n = 1\nlet b = Array(table.values)",
        "let n = 1\nreturn table.values.map(\\.name)",
        "let n = 1\nfor k in Set(names) { use(k) }",
        "let a: Set<Int>\nlet one = a.first",
        "let a: Set<Int> // order-free:\nfor x in a { use(x) }",
    ])
    func `walks in no order are found`(text: String) {
        #expect(lines(text) == [2])
    }

    @Test(arguments: [
        "var a: [Int: String] = [:]\nfor k in a.keys.sorted() { use(a[k]) }",
        "var a: [Int: String] = [:]\nfor (k, v) in a.sorted(by: { $0.key < $1.key }) { use(k) }",
        "var a: [Int: [String]] = [:]\nfor x in a[3]! { use(x) }\nfor x in a[4, default: []] { use(x) }",
        "let a: Set<Int>\nfor i in 0..<a.count { use(i) }",
        "let a: Set<Int>\nlet b = a.map { $0 + 1 }.sorted()\nif a.contains(3) { use(b) }",
        "let a: Set<Int>\nfor x in a { n += x } // order-free: a sum",
        "let a: Set<Int>\n// order-free: a sum\nfor x in a { n += x }",
        "let a: [(name: String, value: Int)]\nfor x in a { use(x) }",
        "let a = [b ? 1 : 2]\nfor x in a { use(x) }",
        "let a: [Set<Int>]\nfor x in a { use(x) }",
        "let a = Set(b).sorted()\nfor x in a { use(x) }",
        "func value(for a: [Int: Int], in b: [Int]) {}\nlet c = value(for: a, in: b)",
        "let n = Array(table.values).sorted() + table.keys.sorted()\nlet m = table.values.max()",
        "switch use { case .keys: one(); case .values: two() }\ntable.values = []\nlet x = table.values[0]",
    ])
    func `walks in an order, or that need none, are left alone`(text: String) {
        #expect(lines(text) == [])
    }

    @Test(arguments: [
        ("Sources/AgencyKit/A.swift", "import Simulation"), ("Sources/Agencies/tax/A.swift", "import Kafka"),
        ("Sources/AgencyKit/A.swift", "import SQLite"), ("Sources/LifeEvents/A.swift", "public import Kafka"),
        ("Sources/LifeEvents/A.swift", "import struct Foundation.Date"),
        ("Sources/Toolkit/JSON/A.swift", "import FoundationEssentials"),
        ("Sources/Toolkit/JSON/A.swift", "import YAML"),
        ("Sources/Simulation/A.swift", "import CRdkafka"), ("Sources/CitizenStatus/A.swift", "import CSQLite"),
        ("Sources/Scenarios/A.swift", "@_exported import CYAML"), ("Sources/Kafka/A.swift", "import Logging"),
        ("Sources/Shed/A.swift", "import JSON"), ("Sources/Contracts/A.swift", "import Contracts"),
    ])
    func `an import against the order is found`(path: String, text: String) {
        let file = SourceFile(path: path, text: text)
        let found = ImportRule.violations(in: file, libraries: ["CRdkafka", "CSQLite", "CYAML", "CCrypto"])
        #expect(found.map(\.line) == [1])
    }

    @Test(arguments: [
        ("Sources/Agencies/A.swift", "import AgencyKit\npublic import LifeEvents\nimport Synchronization"),
        ("Sources/Toolkit/CommandLineTool/A.swift", "public import Terminal\nimport Glibc"),
        ("Sources/Kafka/A.swift", "import CRdkafka"), ("Sources/livsbuss/A.swift", "import Simulation\nimport SQLite"),
        ("Sources/Simulation/A.swift", "import CCrypto\n// import Foundation"),
    ])
    func `an import in the order is left alone`(path: String, text: String) {
        let file = SourceFile(path: path, text: text)
        #expect(ImportRule.violations(in: file, libraries: ["CRdkafka", "CCrypto"]) == [])
    }

    @Test func `a library that two rooms import is found`() {
        let files = ["Kafka", "Simulation", "Simulation"].map {
            SourceFile(path: "Sources/\($0)/A.swift", text: "import CCrypto")
        }
        #expect(ImportRule.sharedLibraries(Array(files.dropFirst()), libraries: ["CCrypto"]) == [])
        #expect(ImportRule.sharedLibraries(files, libraries: ["CCrypto"]).count == 2)
    }

    @Test(arguments: [
        ("let a = try! f()", 1), ("let a = b as! Int", 1), ("let a = try? f() as? Int", 0), ("if try !f() {}", 0),
        ("// TODO: more", 1),
        ("/// FIXME", 1), (#"let a = "try! as!""#, 0), (String(repeating: "\n", count: 500), 0),
        (String(repeating: "\n", count: 501), 1),
    ])
    func `traps, promises and long files are found`(text: String, count: Int) {
        #expect(TidinessRule.violations(in: SourceFile(path: "A.swift", text: text)).count == count)
    }

    @Test func `a violation reads as file and line`() {
        let file = SourceFile(path: "Sources/Simulation/Clock.swift", text: "\nlet a = Date()")
        #expect(
            report(DeterminismRule.violations(in: file))
                == "\nSources/Simulation/Clock.swift:2: Date() is not the same in every run")
    }

    @Test(arguments: [
        ("if event.previous == state.death {}", [1]), ("\n{ $1 . previous == $0.head }", [2]),
        ("try effects.publish(a, previous: head.id)", []), ("// event.previous", []), ("let previous = 1", []),
    ])
    func `a comparison of predecessors is found`(text: String, lines: [Int]) {
        let file = SourceFile(path: "Sources/Agencies/A.swift", text: text)
        #expect(ChainRule.violations(in: file).map(\.line) == lines)
    }

    @Test(arguments: [
        (#"let a = "\(letters.count) dead letters""#, true), (#"let a = "\(count) more mistakes""#, true),
        (#"let a = "\(caseCount) cases""#, true), (#"let a = "\(counted(letters.count, "dead letter"))""#, false),
        (#"let a = count == 1 ? "a row" : "\(count) rows""#, false), (#"// "\(count) rows""#, false),
        (#"let a = "\(count) boxes""#, false), (#"let a = "\(count) of them""#, false),
    ])
    func `a plural behind a bare number is found`(text: String, isFound: Bool) {
        let found = PluralRule.violations(in: SourceFile(path: "Sources/Reports/A.swift", text: text))
        #expect(found.isEmpty != isFound)
    }
}
