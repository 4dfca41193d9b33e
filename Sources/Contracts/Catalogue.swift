public import LifeEvents
internal import YAML

/// All topics of a folder of contracts.
///
/// ```swift
/// let catalogue = try Catalogue(folder: "Topics")
/// let birth = catalogue.topic(named: "skatteverket.birth.v1")
/// ```
public struct Catalogue: Sendable {
    /// The topics, by name.
    public let topics: [TopicManifest]
    private let places: [String: Int]

    /// Reads each `<folder>/<owner>/*.yaml`; other files are left alone.
    ///
    /// - Throws: every fault of every file at once.
    public init(folder path: String) throws(ContractError) {
        var found: [TopicManifest] = []
        var problems: [ContractProblem] = []
        for folder in Self.list(path, .folders, &problems) {
            let folderPath = "\(path)/\(folder)"
            guard let owner = Owner(text: folder) else {
                problems.append(
                    ContractProblem(
                        file: folderPath, message: "the folder is named after no owner; use 3 to 20 letters a to z"))
                continue
            }
            for file in Self.list(folderPath, .files, &problems) {
                let filePath = "\(folderPath)/\(file)"
                if file.hasSuffix(".yml") {
                    problems.append(ContractProblem(file: filePath, message: "name the file .yaml, or it is not read"))
                }
                guard file.hasSuffix(".yaml") else { continue }
                do throws(YAMLError) {
                    let document = try YAMLDocument(contentsOf: filePath)
                    var reader = ManifestReader(document, owner: owner, fileName: String(file.dropLast(5)))
                    if let topic = reader.read() { found.append(topic) }
                    problems += reader.findings.sorted
                } catch {
                    problems.append(ContractProblem(error))
                }
            }
        }
        guard problems.isEmpty else { throw ContractError(problems: problems) }
        self.init(found)
    }

    /// A catalogue of manifests made by the program; two with one name are a programming error and trap.
    public init(_ topics: [TopicManifest]) {
        self.topics = topics.sorted { $0.name < $1.name }
        places = Dictionary(uniqueKeysWithValues: self.topics.enumerated().map { ($1.name, $0) })
    }

    /// The topic with that full name; one look-up.
    public func topic(named name: String) -> TopicManifest? {
        places[name].map { topics[$0] }
    }

    /// Where the messages go that break a contract of this owner, or that its agency cannot handle. The name follows
    /// from a rule, so it is there even where the catalogue lacks the topic.
    public func deadLetterTopic(of owner: Owner) -> String {
        "\(owner).dead-letter.v1"
    }

    private static func list(
        _ path: String, _ kind: FolderListing.Kind, _ problems: inout [ContractProblem]
    ) -> [String] {
        do throws(ContractProblem) {
            return try FolderListing.names(in: path, kind)
        } catch {
            problems.append(error)
            return []
        }
    }
}

extension ContractProblem {
    fileprivate init(_ error: YAMLError) {
        switch error.code {
        case .unreadable, .tooLarge: self.init(file: error.file, message: error.message)
        default: self.init(file: error.file, line: error.line, column: error.column, message: error.message)
        }
    }
}
