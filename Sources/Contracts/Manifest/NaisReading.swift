internal import YAML

/// What a manifest says, part by part, with the places: also of one that has faults, so that all are told at once.
struct NaisReading {
    /// A text and where it stands.
    struct Text {
        let text: String
        let node: YAMLNode
    }

    /// A row of the access list and where its parts stand.
    struct Row {
        let rule: AccessRule
        let node: YAMLNode
        let team: YAMLNode
        let application: YAMLNode
    }

    var name: Text?
    var namespace: Text?
    var team: Text?
    var pool: String?
    /// The annotations that are texts, by key.
    var annotations = KeyedNodes<YAMLNode>()
    /// The annotations in the file's order.
    var annotationEntries: [YAMLEntry] = []
    /// The annotations, or what would hold them.
    var annotationsNode: YAMLNode?
    var config = TopicConfig()
    /// What the file says of the settings, by key.
    var configFields = KeyedNodes<YAMLNode>()
    /// The settings, or what would hold them.
    var configNode: YAMLNode?
    var rows: [Row] = []
    var accessNode: YAMLNode?
}
