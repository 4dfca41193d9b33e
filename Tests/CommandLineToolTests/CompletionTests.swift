import CommandLineTool
import Foundation
import Testing

@Suite struct CompletionTests {
    /// Command lines with the words that the cursor's word, the last, may become.
    static let answers: KeyValuePairs = [
        ["buss", ""]: ["run", "send", "crash", "topics", "completion", "help"],
        ["buss", "t"]: ["topics"],
        ["buss", "topics", ""]: ["list", "copy"],
        ["buss", "topics", "c"]: ["copy"],
        ["buss", "sleep", ""]: ["run", "send", "crash", "topics", "completion", "help"],
        ["buss", "help", "to"]: ["topics"],
        ["buss", "completion", ""]: ["bash", "zsh", "fish"],
        ["buss", "run", "--f"]: ["--format"],
        ["buss", "run", "--tr"]: [],
        ["buss", "run", "--seed", ""]: [],
        ["buss", "run", "--format", ""]: ["json", "table", "text"],
        ["buss", "run", "--format", "t"]: ["table", "text"],
        ["buss", "run", "-q", "--seed", "run", "-f", "j"]: ["json"],
        ["buss", "run", "folder/"]: ["folder/file.yaml", "folder/under"],
        ["buss", "run", "--store", "folder/"]: ["folder/under"],
        ["buss", "run", "--", "folder/f"]: ["folder/file.yaml"],
        ["buss", "send", "å"]: ["åsa"],
        ["buss", "send", "-t", "x", "åsa", ""]: ["1", "2"],
        ["buss", "send", "-5", ""]: ["1", "2"],
        ["buss", "send", "åsa", "1", ""]: [],
        ["buss", "send", "--urgent", ""]: ["true", "false"],
    ]

    @Test(arguments: answers.map { ($0.key, $0.value) })
    func `bash offers what fits`(words: [String], expected: [String]) throws {
        // Files come in the order of the folder.
        #expect(try bash(words).sorted() == expected.sorted())
    }

    @Test(arguments: [
        (["buss", "run", "--format", "="], ["json", "table", "text"]),
        (["buss", "run", "--format", "=", "j"], ["json"]),
        (["buss", "run", "--format=j"], ["--format=json"]),
        (["buss", "run", "--store=folder/"], ["--store=folder/under"]),
        (["buss", "run", "--format", "=", "json", "--st"], ["--store"]),
        (["buss", "send", ""], ["åsa", #"bo\ lund"#, #"\$\(x\)"#]),
        (["buss", "--"], ["--help", "--version"]),
        (["buss", "send", "-"], ["-t", "--topic", "--share", "--urgent", "-h", "--help"]),
    ])
    func `bash takes equals signs apart and quotes what it must`(words: [String], expected: [String]) throws {
        #expect(try bash(words) == expected)
    }

    @Test(arguments: answers.map { ($0.key, $0.value) })
    func `fish offers what fits`(words: [String], expected: [String]) throws {
        let line = words.joined(separator: " ")
        let offered = try Shells.run("fish", "source script.fish; complete -C '\(line)'", script: script("fish"))
        let found = offered.split(separator: "\n").map { line in
            // Behind a tab stands the description; folders end in a slash.
            String(line.prefix { $0 != "\t" }).replacing(/\/$/, with: "")
        }
        #expect(Set(found) == Set(expected))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `a script is sound to its shell`(shell: String) throws {
        #expect(try Shells.run(shell, nil, script: script(shell)) == "")
    }

    @Test func `the zsh script has a function for each command`() {
        let zsh = script("zsh")
        #expect(zsh.hasPrefix("#compdef buss\n"))
        for name in ["", "_run", "_send", "_crash", "_topics", "_topics_list", "_topics_copy", "_completion", "_help"] {
            #expect(zsh.contains("\n_buss\(name)() {\n"))
        }
        #expect(
            zsh.contains(
                #"""
                _buss_send() {
                    _arguments -s -S \
                        ':person:(åsa bo\ lund \$\(x\))' \
                        ':level:(1 2)' \
                        '::note: ' \
                        '(-t --topic)-t+[Where to.]:text: ' \
                        '(-t --topic)--topic=[Where to.]:text: ' \
                        '(--share)--share=[Part of the people.]:number: ' \
                        '(--urgent)--urgent=[Whether it is urgent.]:value:(true false)' \
                        '(- *)-h[Show this help.]' \
                        '(- *)--help[Show this help.]'
                }
                """#))
        #expect(zsh.contains("(topics) _buss_topics && ret=0 ;;"))
    }

    @Test func `the fish script names each option with its command`() {
        let fish = script("fish")
        #expect(
            fish.contains(
                #"complete -c 'buss' -n '__buss_at \'buss run\'' -s f -l format -r -f -a '\'json\' \'table\' \'text\''"#
            ))
        #expect(fish.contains(#"complete -c 'buss' -n '__buss_from \'buss run\' 0' -F"#))
    }

    private func script(_ shell: String) -> String {
        buss("completion", shell).output
    }

    /// What bash would put in place of the last word.
    private func bash(_ words: [String]) throws -> [String] {
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let command = """
            source script.bash; COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1)
            _buss; ((${#COMPREPLY[@]})) && printf '%s\\n' "${COMPREPLY[@]}" || :
            """
        return try Shells.run("bash", command, script: script("bash")).split(separator: "\n").map(String.init)
    }
}
