/// The type of some content, as `application/json; charset=UTF-8`, without its parameters and in small letters.
struct MediaType {
    private let name: String

    init(_ text: String) {
        let essence = text.prefix { $0 != ";" }.lowercased()
        name = String(essence.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" })
    }

    /// The content is JSON.
    var isJSON: Bool { name == "application/json" || name == "text/json" || name.hasSuffix("+json") }

    /// The content is an event in structured mode, or several of them, in any format.
    var isCloudEvents: Bool { name.hasPrefix("application/cloudevents") }
}
