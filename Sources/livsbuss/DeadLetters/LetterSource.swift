import CitizenStatus
import CommandLineTool
import Kafka
import Terminal

/// Where dead letters are: the store of a run, or the dead-letter topics of a cluster.
struct LetterSource: Sendable {
    /// The cluster's address; nil: a store is meant.
    let brokers: String?
    private let store: String?
    private let namespace: String?
    private let properties: ClusterProperties

    init(_ args: inout Arguments) {
        store = args.option(
            "store", value: "folder", "The store of a run; default the newest, \(Places.lastStore).",
            complete: .directories)
        brokers = args.option(
            "brokers", value: "host:port", "Read the dead-letter topics of this cluster, or of a livsbuss broker.")
        namespace = args.option("namespace", value: "name", "Prefix of the cluster's topics.")
        properties = ClusterProperties(&args, lack: brokers == nil ? "needs --brokers" : nil)
        let (store, brokers, namespace) = (store, brokers, namespace)
        args.require(store == nil || brokers == nil, "--store and --brokers exclude each other")
        args.require(brokers != nil || namespace == nil, "--namespace needs --brokers")
        args.require(RunLimits.isNamespace(namespace), RunLimits.namespaceSentence)
        args.require(RunLimits.names(brokers), RunLimits.brokersSentence)
    }

    /// Reads all letters with what was noted about them, in the order in which they are listed.
    func open() throws -> any OperatorLetters {
        if let brokers {
            return try ClusterLetters(brokers, namespace: namespace, properties: properties)
        }
        return try StoreLetters(store.map { StoreFolder($0) } ?? StoreFolder.newest(Places.lastStore))
    }
}

/// Dead letters, wherever they are.
protocol OperatorLetters: AnyObject {
    /// All of them, in the order in which they are listed.
    var letters: [OperatorLetter] { get }
    /// Adds a note about each of some letters.
    func note(_ notes: [(letter: OperatorLetter, note: LetterNote)]) throws
    /// Why the originals of these letters cannot be sent again; nil: they can.
    var redriveRefusal: String? { get }
    /// Sends originals again, and waits until the broker has them.
    func send(_ records: [RedrivenRecord]) throws
}

extension OperatorLetters {
    /// The letters that are named, each by its id, the beginning of it, or its place `topic/partition/offset`.
    /// - Throws: ``Failure`` with a line for each name that means none or several.
    func named(_ names: [String]) throws -> [OperatorLetter] {
        var found: [OperatorLetter] = []
        var complaints: [String] = []
        for name in names {
            let exact = letters.filter { $0.id == name || $0.placeText == name }
            let meant = exact.isEmpty ? letters.filter { name.utf8.count >= 8 && $0.id.hasPrefix(name) } : exact
            switch meant.count {
            case 0:
                complaints.append("\(name.escapedLine): there is no such dead letter; `livsbuss dlq list` shows all")
            case 1:
                if !found.contains(where: { $0.isSame(as: meant[0]) }) { found.append(meant[0]) }
            default:
                let others = meant.prefix(3).map { $0.placeText ?? $0.id }.joined(separator: ", ").escapedLine
                complaints.append(
                    "\(name.escapedLine): this means \(counted(meant.count, "dead letter")), as \(others)")
            }
        }
        guard complaints.isEmpty else { throw Failure(.invalidFile, complaints.joined(separator: "\n")) }
        return found
    }
}

extension OperatorLetter {
    /// Where the letter stands on a cluster, as it can be named; nil in a store.
    var placeText: String? { place.map { "\(deadLetterTopic)/\($0.partition)/\($0.offset)" } }

    /// Whether both are the same letter: some stand twice on a log, and runs of the same seed give the same ids.
    func isSame(as other: OperatorLetter) -> Bool { id == other.id && placeText == other.placeText }
}
