internal import Glibc
public import JSON
public import JSONSchema
package import LifeEvents
internal import Parallel

/// What the data of each type must be: the schemas of a folder of contracts, compiled once, all together or each when the
/// first message of its type comes.
///
/// A type without a schema is not held to anything; `livsbuss topics check` tells those.
public struct MessageSchemas: Sendable {
    /// The types of one topic with their schemas.
    public struct Topic: Sendable {
        fileprivate var types: [(name: [UInt8], schema: HeldSchema)] = []
        fileprivate var annulled: HeldSchema?

        /// Whether no type has a schema.
        public var isEmpty: Bool { types.isEmpty }

        /// A topic none of whose types has a schema.
        public init() {}

        fileprivate func schema(of type: String) -> HeldSchema? {
            types.first { $0.name.elementsEqual(type.utf8) }?.schema
        }

        /// What is wrong with an event's data, as one sentence; nil if nothing is.
        ///
        /// Allocates nothing for data that is right.
        /// - Parameters:
        ///   - type: the event's type.
        ///   - isAnnulled: whether the event annuls a fact: its data is then the reason, not the fact.
        public func complaint(about data: JSONValue?, type: JSONValue, isAnnulled: Bool) -> String? {
            guard !types.isEmpty, let name = type.stringBytes,
                let place = types.indices.first(where: { types[$0].name.isSame(as: name) }),
                let held = isAnnulled ? annulled : types[place].schema
            else { return nil }
            let schema: CompiledSchema
            switch held.state {
            case .compiled(let compiled): schema = compiled
            case .faulty(let sentence): return sentence
            case .nothing: return nil
            }
            guard let data else { return "an event of this type has data, and this one has none" }
            guard !schema.isValid(data) else { return nil }
            let sentence = MessageSchemas.sentence(schema.failures(of: data, limit: MessageSchemas.mostFailures))
            guard DiagnosisProbe.finds(in: sentence) else { return sentence }
            // What is set aside for looking like a diagnosis is not told on in the reason.
            return MessageSchemas.sentence(
                schema.failures(of: data, limit: MessageSchemas.mostFailures, quotesValues: false))
        }
    }

    private var topics: [(name: String, topic: Topic)] = []
    private var places: [String: Int] = [:]
    /// How many schemas were compiled together, those within others counted.
    package private(set) var count = 0

    /// More than so many failures of one message nobody reads; a dead letter's sentence has room for about as many.
    private static let mostFailures = 4

    /// No schemas: every message passes.
    public init() {}

    /// Reads the schemas of a folder of contracts.
    /// - Parameters:
    ///   - path: the folder, which has the file of what types share if any type refers to it.
    ///   - files: each type's file, by type.
    /// - Throws: every fault of every file at once.
    package init(
        folder path: String, files: [(type: EventType, file: String)]
    ) throws(ContractError) {
        try self.init(
            SchemaSources(
                folder: path,
                types: files.compactMap { type, file in
                    type.owner.map {
                        SchemaSources.TypeFile(
                            type: type, owner: $0, name: String(type.name.dropFirst("\($0).".count)), path: file)
                    }
                }))
    }

    /// Compiles the schemas of files, all together.
    /// - Throws: every fault of every file at once.
    init(_ sources: SchemaSources) throws(ContractError) {
        guard !sources.types.isEmpty else { return }
        var documents: [SchemaDocument] = []
        var problems: [ContractProblem] = []
        // Without the file of what types share, a reference to it is told where it stands.
        for file in [sources.shared].compactMap(\.self) + sources.types.map(\.path) {
            guard sources.root(file, &problems) != nil else { continue }
            do throws(ContractProblem) { documents.append(try sources.document(file)) } catch { problems.append(error) }
        }
        // Without what is shared nearly every other file would be told to be wrong.
        guard problems.allSatisfy({ $0.file != sources.shared }) else { throw ContractError(problems: problems) }
        let library: SchemaLibrary
        do throws(SchemaErrors) {
            library = try SchemaLibrary(documents, formats: Self.formats)
        } catch {
            throw ContractError(problems: problems + ContractProblem.of(error))
        }
        guard problems.isEmpty else { throw ContractError(problems: problems) }
        count = library.count
        let annulled = sources.shared.flatMap { library["\(sources.uri($0))#/$defs/annulled"] }.map(HeldSchema.init)
        for file in sources.types {
            guard let schema = library[sources.uri(file.path)] else { continue }
            add(file.type, HeldSchema(schema), annulled)
        }
    }

    /// Schemas that are each compiled when the first message of its type comes.
    init(_ contracts: TypeContracts) {
        let annulled = HeldSchema {
            do throws(ContractError) {
                return try contracts.annulled().map { .compiled($0) } ?? .nothing
            } catch {
                return .init(faults: error.problems)
            }
        }
        for type in contracts.types { add(type, HeldSchema { .init(of: type, contracts) }, annulled) }
    }

    /// The same schemas with other checks for some formats; they are not compiled again.
    func replacing(_ formats: [SchemaFormat]) -> MessageSchemas {
        var copy = self
        for place in copy.topics.indices {
            for type in copy.topics[place].topic.types.indices {
                copy.topics[place].topic.types[type].schema = topics[place].topic.types[type].schema.replacing(formats)
            }
            copy.topics[place].topic.annulled = topics[place].topic.annulled?.replacing(formats)
        }
        return copy
    }

    /// The schemas of a topic's types.
    public func topic(named name: String) -> Topic {
        places[name].map { topics[$0].topic } ?? Topic()
    }

    /// What is wrong with the data of an event of some type; empty for a type without a schema.
    public func failures(of data: JSONValue, type: String, isAnnulled: Bool) -> [SchemaFailure] {
        let topic = topic(named: EventType(type).topic)
        guard let own = topic.schema(of: type), let held = isAnnulled ? topic.annulled : own,
            case .compiled(let schema) = held.state
        else { return [] }
        return schema.failures(of: data)
    }

    /// Compiles the schemas of some types now, on all cores; those that are compiled stay.
    public func prepare(_ types: some Sequence<String>) {
        // order-free: each is compiled by itself.
        let asked = Set(types).compactMap { topic(named: EventType($0).topic).schema(of: $0) }
        _ = asked.mapInParallel { $0.state }
    }

    private mutating func add(_ type: EventType, _ schema: HeldSchema, _ annulled: HeldSchema?) {
        let name = type.topic
        // The files of a topic's types stand beside each other.
        let place = topics.last?.name == name ? topics.count - 1 : places[name] ?? topics.count
        if place == topics.count {
            topics.append((name, Topic()))
            places[name] = place
        }
        topics[place].topic.types.append((Array(type.name.utf8), schema))
        topics[place].topic.annulled = annulled
    }

    /// A number of digits alone; nil: something else stands there.
    private static func number(_ text: Slice<UnsafeRawBufferPointer>) -> Int? {
        var number = 0
        for byte in text {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return number
    }

    /// What `format` may say in the schemas of types: JSON Schema's, and this bus's own.
    package static let formats =
        SchemaFormat.standard + [
            SchemaFormat(name: "subject", written: "the key of a person, an organisation or a desk") { text in
                1...200 ~= text.count
            },
            SchemaFormat(name: "month", written: "yyyy-mm", pattern: #"^\d{4}-\d\d$"#) { Month(utf8: $0) != nil },
            SchemaFormat(name: "municipality", written: "a municipality's four digits", pattern: #"^\d{4}$"#) { text in
                text.count == 4 && text.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            },
            SchemaFormat(name: "clock", written: "hh:mm, 00:00 to 23:59", pattern: #"^\d\d:\d\d$"#) { text in
                guard text.count == 5, text[2] == UInt8(ascii: ":") else { return false }
                return (number(text[0..<2]) ?? 24) < 24 && (number(text[3..<5]) ?? 60) < 60
            },
            SchemaFormat(name: "half-year", written: "a half-year, as 2026H1", pattern: #"^\d{4}H[12]$"#) { text in
                guard text.count == 6, number(text[0..<4]) != nil, text[4] == UInt8(ascii: "H") else { return false }
                return text[5] == UInt8(ascii: "1") || text[5] == UInt8(ascii: "2")
            },
            SchemaFormat(
                name: "age-range", written: "from one age to another, as 7-12", pattern: #"^\d{1,2}-\d{1,2}$"#
            ) { text in
                guard let dash = text.firstIndex(of: UInt8(ascii: "-")) else { return false }
                let (first, last) = (text[..<dash], text[(dash + 1)...])
                return 1...2 ~= first.count && 1...2 ~= last.count && number(first) != nil && number(last) != nil
            },
            SchemaFormat(name: "agency", written: AgencyID.textForm) { AgencyID(utf8: $0) != nil },
            SchemaFormat(name: "tile", written: "the name of a tile, as child-benefit") { text in
                text.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "-") }
            },
        ]

    /// In a scenario a person is named with `$`, and so has a key of the run; another text where a person belongs is a
    /// name without it. Tiles, agencies and municipalities are those that there are: of another nothing ever comes.
    /// - Parameter agencies: the owners, with their tiles.
    static func formatsOfScenarios(_ agencies: [AgencyFile]) -> [SchemaFormat] {
        let tiles = agencies.flatMap(\.tiles).map(\.name)
        let known = Set(tiles)
        return [
            SchemaFormat(
                name: "subject", written: "$ and the name of a declared person", pattern: subjects
            ) { text in
                // A run's keys are p and fifteen consonants; a name like that nobody gives.
                text.count == 16 && text[0] == UInt8(ascii: "p")
                    && text.allSatisfy { !"aeiou".utf8.contains($0) && UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
            },
            SchemaFormat(name: "tile", written: "the name of a tile, as child-benefit", words: tiles) { text in
                known.isEmpty || known.contains(string(text))
            },
            SchemaFormat(name: "agency", written: AgencyID.textForm, words: names(agencies)) { text in
                AgencyID(utf8: text).map { isKnown($0, agencies) } ?? false
            },
            SchemaFormat(
                name: "municipality", written: "the four digits of a municipality that there is",
                pattern: #"^\d{4}$"#
            ) { text in
                Municipalities.has(code: string(text))
            },
        ]
    }

    /// A person's key; or an agency or one of its desks, which get money too: with a number, or a long name.
    private static let subjects = #"^(p[b-df-hj-np-tv-z]{15}|[a-z-]+-\d+(/.*)?|[a-z]{7,}(/.*)?)$"#

    private static func string(_ text: UnsafeRawBufferPointer) -> String { String(decoding: text, as: UTF8.self) }

    /// All agencies; none where they cannot be listed.
    private static func names(_ agencies: [AgencyFile]) -> [String] {
        guard agencies.allSatisfy({ $0.digits == 0 || $0.numbering != nil }) else { return [] }
        return agencies.flatMap { file in
            switch file.numbering {
            case .municipality: Municipalities.all.map(\.agency.description)
            case .county: Regions.agencies.map(\.description)
            case nil: [file.owner.description]
            }
        }
    }

    /// Whether an agency is one of those that the contracts name.
    private static func isKnown(_ agency: AgencyID, _ agencies: [AgencyFile]) -> Bool {
        guard !agencies.isEmpty else { return true }
        guard let file = agencies.first(where: { $0.owner == agency.owner }) else { return false }
        switch file.numbering {
        case .municipality: return agency.code.map { Municipalities.has(code: $0) } ?? false
        case .county: return Regions.agencies.contains(agency)
        case nil: return true
        }
    }

    private static func sentence(_ failures: [SchemaFailure]) -> String {
        failures.map { $0.place.isEmpty ? "data: \($0.message)" : "data.\($0.place): \($0.message)" }
            .joined(separator: "; ")
    }
}

extension [UInt8] {
    /// Whether a buffer has these bytes; compared by words, for it is asked of every message.
    fileprivate func isSame(as other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        return withUnsafeBytes { own in
            guard let own = own.baseAddress, let other = other.baseAddress else { return true }
            return memcmp(own, other, count) == 0
        }
    }
}
