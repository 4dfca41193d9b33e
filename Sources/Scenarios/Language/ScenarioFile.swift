import Contracts
import LinearRegex
public import YAML

/// What reading a scenario file has given.
public struct ScenarioReading: Sendable {
    /// The cases in the order of the matrix's rows; one without a matrix; none if a diagnostic is an error.
    public let scenarios: [Scenario]
    /// The mistakes, in the files' order.
    public let diagnostics: [Diagnostic]
    /// Every file that was read, the scenario's own first.
    public let files: [String]

    /// Whether the file can be run.
    public var isValid: Bool { !diagnostics.contains { $0.severity == .error } }
}

/// Reads scenario files.
///
/// What a file includes is looked for beside it, inside its project. A scenario may have 64 files of a mebibyte, with
/// 200,000 values in all that it includes and as many in all its cases: what is larger is refused.
public enum ScenarioFile {
    /// Reads all cases of a file, or of a pipe, and finds all mistakes in one pass, up to 50.
    public static func read(path: String, vocabulary: ScenarioVocabulary = .builtIn) -> ScenarioReading {
        do {
            return read(try YAMLDocument(contentsOf: path), vocabulary: vocabulary)
        } catch {
            return refuse(error, text: SourceLines.contents(of: error))
        }
    }

    /// Reads all cases of a text.
    ///
    /// - Parameter file: the name that places carry; includes are looked for beside it.
    public static func read(
        text: String, file: String, vocabulary: ScenarioVocabulary = .builtIn
    ) -> ScenarioReading {
        do {
            return read(try YAMLDocument(text: text, file: file), vocabulary: vocabulary)
        } catch {
            return refuse(error, text: text)
        }
    }

    /// Reads all cases of a document that has been read as YAML. A library, which has none, is checked.
    public static func read(_ document: YAMLDocument, vocabulary: ScenarioVocabulary = .builtIn) -> ScenarioReading {
        var reader = CaseReader(document, vocabulary)
        let scenarios = reader.read()
        let diagnostics = reader.diagnostics
        return ScenarioReading(
            scenarios: diagnostics.hasErrors ? [] : scenarios, diagnostics: diagnostics.sorted(),
            files: diagnostics.files)
    }

    private static func refuse(_ error: YAMLError, text: String) -> ScenarioReading {
        var list = DiagnosticList(source: text, file: error.file)
        list.add(error)
        return ScenarioReading(scenarios: [], diagnostics: list.sorted(), files: [error.file])
    }

    // MARK: - One case

    /// Reads a file's first case. Tiles are not checked, types only if some are given.
    public static func parse(
        path: String, knownTypes: [String]? = nil
    ) -> (scenario: Scenario?, diagnostics: [Diagnostic]) {
        let reading = read(path: path, vocabulary: ScenarioVocabulary(types: knownTypes))
        return (reading.scenarios.first, reading.diagnostics)
    }

    /// Reads a text's first case. Tiles are not checked, types only if some are given.
    public static func parse(
        text: String, file: String, knownTypes: [String]? = nil
    ) -> (scenario: Scenario?, diagnostics: [Diagnostic]) {
        let reading = read(text: text, file: file, vocabulary: ScenarioVocabulary(types: knownTypes))
        return (reading.scenarios.first, reading.diagnostics)
    }
}

/// Reads one file's cases: includes, then the matrix, then each case whole.
private struct CaseReader {
    private let document: YAMLDocument
    private let vocabulary: ScenarioVocabulary
    var diagnostics: DiagnosticList

    init(_ document: YAMLDocument, _ vocabulary: ScenarioVocabulary) {
        self.document = document
        self.vocabulary = vocabulary
        diagnostics = DiagnosticList(
            source: String(decoding: document.utf8, as: UTF8.self), file: document.file)
    }

    mutating func read() -> [Scenario] {
        let root = document.root
        var library = LibraryReader(scenario: document.file)
        guard root.entries != nil, root.entry(named: "scenario") != nil || root.entry(named: "library") == nil else {
            if root.entries == nil {
                _ = MapReader(root, "a scenario", &diagnostics)
            } else {
                _ = library.library(document, trail: [], &diagnostics)
            }
            return []
        }
        guard var map = MapReader(root, "a scenario", &diagnostics) else { return [] }
        let own = BlockReader.blocks(&map, inLibrary: false, &diagnostics)
        let includes = map.optional("include", &diagnostics)
        let file = library.file(document.file, includes: includes, own: own, trail: [], &diagnostics)
        var tableReader = MatrixTableReader(library, file: document.file, diagnostics)
        let table = tableReader.table(
            params: map.optional("params", &tableReader.diagnostics),
            matrix: map.optional("matrix", &tableReader.diagnostics))
        diagnostics = tableReader.diagnostics
        return scenarios(root, table, file, own, library)
    }

    private mutating func scenarios(
        _ root: YAMLNode, _ table: MatrixTable, _ file: LoadedFile, _ own: [Block], _ library: LibraryReader
    ) -> [Scenario] {
        var expander = Expander(file, library.loaded, diagnostics)
        var scenarios: [Scenario] = []
        var regexes: [String: LinearRegex] = [:]
        for row in table.rows {
            expander.diagnostics.beginCase(row.name)
            guard let expansion = expander.expand(root, row, of: table) else { break }
            var parser = ScenarioParser(expansion, vocabulary, regexes: regexes, expander.diagnostics)
            if var scenario = parser.scenario() {
                // One case names what the others do, as a rule.
                if scenarios.isEmpty { vocabulary.schemas?.prepare(scenario.typesNamed) }
                ConcernedDefault(vocabulary.protection).fill(&scenario)
                scenarios.append(scenario)
                if !parser.diagnostics.hasErrors { PastCheck(scenario).check(&parser.diagnostics) }
                if let schemas = vocabulary.schemas, !parser.diagnostics.hasErrors {
                    var check = DataCheck(scenario, schemas, vocabulary.protection)
                    check.check(&parser.diagnostics)
                }
                if let speakers = vocabulary.speakers, !parser.diagnostics.hasErrors {
                    PresenceCheck(scenario, speakers).check(&parser.diagnostics)
                }
            }
            expander.diagnostics = parser.diagnostics
            regexes = parser.regexes
            if parser.diagnostics.isFull { break }
        }
        diagnostics = expander.diagnostics
        diagnostics.endCases(of: table.rows.count)
        guard !table.rows.isEmpty else { return [] }
        for parameter in table.parameters where !expander.used.contains(parameter.value) {
            diagnostics.add(
                .unusedParameter, "the parameter `\(parameter.value)` is not used", at: parameter.span,
                hint: "write $\(parameter.value) where its value belongs, or take it away")
        }
        for block in own where !expander.usedGroups.contains(block.key) {
            diagnostics.add(
                .unusedParameter, "no step uses the group `\(block.name.value)`", at: block.name.span,
                hint: "use it, or take it away")
        }
        return scenarios
    }
}
