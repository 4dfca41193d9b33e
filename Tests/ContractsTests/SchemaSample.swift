import Contracts
import JSON
import LifeEvents
import Testing

/// Values made from a schema by chance, the same for a seed in every run.
struct SchemaSample {
    private let schemas: SchemaCatalogue
    private var random: RandomStream

    init(_ schemas: SchemaCatalogue, seed: UInt64, purpose: String) {
        self.schemas = schemas
        random = RandomStream(
            seed: seed, agency: .skatteverket, subject: Subject(seed: seed, scenario: "", case: "", name: ""),
            purpose: purpose, id: .custom(hash: (seed, 0)))
    }

    /// The bytes of an object with all required fields and some of the others, in the order of the schema.
    mutating func object(_ fields: [Field]) -> [UInt8] {
        var writer = JSONWriter()
        write(fields, &writer)
        return writer.bytes
    }

    private mutating func below(_ count: Int) -> Int { random.uniform(below: count) }

    private mutating func write(_ fields: [Field], _ writer: inout JSONWriter) {
        writer.beginObject()
        for field in fields where field.isRequired || below(2) == 0 {
            writer.key(field.name)
            write(field.type, &writer)
        }
        writer.endObject()
    }

    private mutating func write(_ type: FieldType, _ writer: inout JSONWriter) {
        switch type {
        case .string(let bounds): writer.string(text(bounds))
        case .integer(let bounds):
            let least = bounds.minimum ?? -1_000_000
            writer.int(Int64(least + below((bounds.maximum ?? 1_000_000_000) - least + 1)))
        case .number: writer.double(Double(below(1_000_000)) / 8)
        case .boolean: writer.bool(below(2) == 0)
        case .formatted(let format): writer.string(text(format))
        case .array(let element):
            writer.beginArray()
            for _ in 0..<below(4) { write(element, &writer) }
            writer.endArray()
        case .defined(let name):
            switch schemas.definition(named: name)?.content {
            case .values(let values): writer.string(values[below(values.count)].text)
            case .object(let fields): write(fields, &writer)
            case nil: Issue.record("there is no definition \(name)")
            }
        }
    }

    /// Letters, some of which have escapes in JSON or more than one byte.
    private mutating func text(_ bounds: Bounds) -> String {
        let letters = Array("abcåäöÅ \"\\/\n\t–😀9")
        let least = bounds.minimum ?? 0
        let most = min(bounds.maximum ?? 40, least + 40)
        return String((0..<(least + below(most - least + 1))).map { _ in letters[below(letters.count)] })
    }

    private mutating func text(_ format: TextFormat) -> String {
        let day = Day(number: Int32(below(40_000)))
        switch format {
        case .subject: return Subject(seed: UInt64(below(1_000)), scenario: "a", case: "b", name: "c").description
        case .date: return day.description
        case .month: return Month(of: day).description
        case .dateTime: return Stockholm.instant(day).description
        case .agency:
            let agencies: [AgencyID] = [.skatteverket, .forsakringskassan, .kommun(1780), .region(9)]
            return agencies[below(agencies.count)].description
        case .tile: return TileName.allCases[below(TileName.allCases.count)].rawValue
        case .municipality:
            let code = String(below(10_000))
            return String(repeating: "0", count: 4 - code.count) + code
        case .clock:
            return "\(below(2))\(below(10)):\(below(6))\(below(10))"
        case .halfYear: return "20\(below(8))\(below(10))H\(1 + below(2))"
        case .ageRange: return "\(below(20))-\(20 + below(80))"
        }
    }
}
