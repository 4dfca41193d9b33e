import Terminal
import Testing

@testable import CommandLineTool

@Suite struct DeclarationTests {
    private var leaves: [CommandPath] {
        sampleTool.root.visibleTree.filter { $0.command.subcommands == nil }
    }

    @Test func `everything declared is in the help, the parser and each completion script, unless hidden`() throws {
        let scripts = Shell.allCases.map { $0.script(for: sampleTool.root) }
        #expect(leaves.map(\.text).count == 7)
        for path in leaves {
            let help = HelpText.of(path, for: .captured())
            for declaration in path.declarations() {
                #expect(help.contains(declaration.label) == !declaration.isHidden)
                guard !declaration.isPositional else { continue }
                let words = [declaration.label] + (declaration.takesValue ? ["1"] : [])
                let line = LineParser.parse(words[...], by: path.declarations())
                #expect(line.values[declaration.label] == Array(words.dropFirst()))
                guard !declaration.isHidden else { continue }
                #expect(scripts[0].contains(declaration.label) && scripts[1].contains(declaration.label))
                #expect(scripts[2].contains("-l \(declaration.name) "))
            }
        }
        #expect(!scripts.joined().contains("trace") && !scripts.joined().contains("sleep"))
    }

    @Test func `the body declares the same things when it collects and when it parses`() {
        for path in leaves {
            guard case .action(let body) = path.command.kind else { continue }
            var arguments = Arguments(
                line: LineParser.parse(["1", "2", "--seed", "x"], by: path.declarations()), output: .captured(),
                errorOutput: .captured())
            _ = body(&arguments)
            #expect(arguments.declarations + [.helpFlag] == path.declarations())
        }
    }

    @Test func `the closure is made twice and run once`() {
        let output = TerminalOutput.captured()
        let tool = Tool(
            name: "t", summary: "", version: "",
            commands: [
                Command("c", "") { args in
                    let name: String = args.positional("name", "")
                    let output = args.output
                    return {
                        output.writeLine("ran \(name)")
                        return 0
                    }
                }
            ])
        #expect(tool.run(["c", "x"], output: output, errorOutput: .captured()) == 0)
        #expect(output.capturedText == "ran x\n")
    }

    @Test func `a sound tool has no problems`() {
        #expect(sampleTool.declarationProblems() == [])
    }

    @Test func `mistakes in declarations are found`() {
        let tool = Tool(
            name: "t", summary: "", version: "",
            commands: [
                Command("twice", "") { args in
                    _ = args.flag("a", short: "x", "")
                    _ = args.flag("a", short: "x", "")
                    _ = args.flag("host", short: "h", "")
                    _ = args.flag("two words", short: "1", "")
                    return { 0 }
                },
                Command("twice", "") { args in
                    let _: String? = args.optionalPositional("first", "")
                    let _: String = args.positional("second", "")
                    let _: [String] = args.rest("others", "")
                    let _: String? = args.optionalPositional("last", "")
                    return { 0 }
                },
                .group("-g", "", []),
            ])
        #expect(
            tool.declarationProblems() == [
                "'t' has two commands 'twice'.",
                "'-g' in 't' is no name for a command.",
                "'t twice' declares -x twice.",
                "'t twice' declares --a twice.",
                "'t twice' declares -h twice.",
                "'t twice' declares --two words with a name that cannot be written.",
                "'t twice' can never tell <second> from the <first> before it.",
                "'t twice' can never tell <last> from the <others> before it.",
            ])
    }
}
